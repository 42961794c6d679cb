// Every sentence of the pages around the app: Chinese first, English below it.
export const TEXTS = {
  opening: ['正在打开…', 'Opening…'],
  downloading: ['第一次打开：正在下载到手机（{done} / {total} MB）', 'First time: downloading to the phone ({done} of {total} MB)'],
  python: ['正在启动…', 'Starting…'],
  app: ['马上就好…', 'Almost there…'],
  continue: ['继续', 'Continue'],
  again: ['重试', 'Try again'],
  back: ['返回应用', 'Back to the app'],
  install: ['安装到主屏幕', 'Add to the home screen'],
  later: ['以后', 'Later'],
  restart: ['重启更新', 'Restart'],
  all_good: ['其他 {count} 项都正常', 'The other {count} are all right'],
  before: ['开始之前：这台手机上的浏览器', 'Before you begin: the browser of this phone'],
  stopped: ['这个浏览器不能用', 'This browser cannot be used'],
  other_tab: ['应用已在另一个窗口打开', 'The app is open in another window'],
  other_tab_why: [
    '同一部手机的记录一次只能由一个窗口写。请回到那个窗口；把它关掉后，这里会自动打开。',
    'Only one window at a time may write the records of this phone. Go back to it; once it is closed, this one opens by itself.',
  ],
  failed: ['应用没有打开', 'The app did not open'],
  failed_why: [
    '手机上的记录没有改动。请重试；仍然不行时，把下面一行告诉主管部门。',
    'The records on this phone are as they were. Try again; if it stays so, tell your office the line below.',
  ],
  no_download: ['下载没有完成', 'The download did not finish'],
  no_download_why: [
    '需要网络才能第一次打开。已经下载的部分不会丢，联网后继续。',
    'The first start needs the network. What has arrived is kept; it goes on once there is a connection.',
  ],
  full: ['手机存储空间不足，请先腾出约 {total} MB。', 'The phone is out of storage: free about {total} MB first.'],
  update_ready: ['新版本已就绪', 'A new version is ready'],
  update_later: ['新版本已就绪，入企检查结束后再重启', 'A new version is ready – restart when the visit is closed'],
  // capabilities: [good, else]
  secure: ['连接是加密的', 'The connection is encrypted'],
  secure_no: ['需要用 https:// 打开本页', 'This page has to be opened by https://'],
  worker: ['没有网络也能打开', 'Opens without a network'],
  worker_no: [
    '浏览器不允许离线保存应用（无痕窗口也会这样）。请用 Chrome、Edge 或手机自带浏览器的普通窗口。',
    'This browser does not let the app be kept for use without a network (a private window does not either). Use a normal window of Chrome, Edge or the phone’s own browser.',
  ],
  wechat_no: [
    '微信里打开的网页随时可能被清空，不能保存检查记录。请点右上角“···”，选“在浏览器打开”。',
    'A page opened inside WeChat may be wiped at any time and cannot keep records. Tap ··· at the top right and choose “Open in browser”.',
  ],
  ed25519: ['密钥在本机生成，读不出来', 'The key is made on this phone and cannot be read out'],
  ed25519_no: [
    '浏览器不会生成 Ed25519 密钥。需要 Chrome / Edge 137、Safari 17 或 Firefox 129 以上；请更新浏览器。',
    'This browser cannot make Ed25519 keys. Chrome or Edge 137, Safari 17, Firefox 129 or newer can: update the browser.',
  ],
  keys: ['密钥能保存在本机', 'The key can be kept on this phone'],
  keys_no: [
    '浏览器不能保存密钥（IndexedDB 被关闭，常见于无痕窗口）。请用普通窗口打开。',
    'This browser cannot keep a key (IndexedDB is off, as in private windows). Open a normal window.',
  ],
  opfs: ['记录直接写入本机存储', 'Records are written straight to the phone’s storage'],
  opfs_no: [
    '浏览器没有可靠的本机存储（OPFS）。需要 Chrome / Edge 109、Safari 17 或 Firefox 111 以上的普通窗口。',
    'This browser has no dependable storage (OPFS). A normal window of Chrome or Edge 109, Safari 17, Firefox 111 or newer has.',
  ],
  wasm: ['能运行应用', 'Can run the app'],
  wasm_no: ['浏览器太旧，运行不了应用。请更新浏览器。', 'This browser is too old to run the app. Update it.'],
  engine_no: [
    '本县的服务器没有为这种浏览器准备应用（需要带 CanvasKit 构建）。请用 Chrome 或 Edge。',
    'The county’s server holds no app for this kind of browser (it has to be built with CanvasKit). Use Chrome or Edge.',
  ],
  persisted: ['浏览器承诺不清除记录', 'The browser promises not to clear the records'],
  persisted_no: [
    '浏览器没有承诺不清除记录：存储紧张或很久不用时可能被清。请安装到主屏幕，并尽快联网同步。',
    'The browser does not promise to keep the records: they may go when storage is short or the app unused for long. Add it to the home screen and sync soon.',
  ],
  standalone: ['已从主屏幕打开', 'Opened from the home screen'],
  standalone_no: ['还没有安装到主屏幕', 'Not on the home screen yet'],
  standalone_ios_no: [
    '苹果手机：请先点“分享 → 添加到主屏幕”，从主屏幕打开后再登记。浏览器标签页和主屏幕应用的数据是分开的，长期不用的网页数据会被清除。',
    'iPhone: tap Share → Add to Home Screen first, and enrol after opening it from there. The data of a browser tab and of the home-screen app are separate, and those of unused pages are cleared.',
  ],
  camera: ['有摄像头可扫码', 'There is a camera for scanning'],
  camera_no: ['没有可用的摄像头：可以拍照选图或手输入企码', 'No camera: choose a picture or type the gate code'],
};

// Two lines of a text as elements; `values` fill {braces}.
export function lines(key, values = {}) {
  const [zh, en] = TEXTS[key];
  return [['zh-CN', zh], ['en', en]].map(([lang, text]) => {
    const line = document.createElement('span');
    line.lang = lang;
    line.textContent = text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
    return line;
  });
}
