// Flutter's engine with Flet's client in it: the same files as in the native web mode, all from this site.
// Flet's client has a player of animations in it (Rive) whose script it asks for from a public host at every start, used
// or not. The page's policy would stop it; it is not even asked for: a script element takes no address of another host.
function askNobodyElse() {
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src');
  const isOurs = (address) => new URL(address, document.baseURI).origin === location.origin;
  Object.defineProperty(HTMLScriptElement.prototype, 'src', {
    get,
    set(address) { if (isOurs(address)) set.call(this, address); },
    configurable: true,
    enumerable: true,
  });
}

export async function startFlutter(renderer) {
  askNobodyElse();
  addEventListener('flutter-first-frame', () => performance.mark('zhuqi first frame'), { once: true });
  globalThis.flet = {
    pyodide: true, multiView: false, noCdn: true, webSocketEndpoint: '/ws', entrypointBaseUrl: '/app/', assetBase: '/app/',
    routeUrlStrategy: 'path', canvasKitBaseUrl: '/app/canvaskit/', fontFallbackBaseUrl: 'assets/fonts/', webRenderer: renderer,
  };
  globalThis.flet.flutterAppLoaded = new Promise((ok) => { globalThis.flet.flutterAppResolve = ok; });
  await new Promise((ok, no) => {
    const script = document.createElement('script');
    script.src = 'flutter_loader.js';
    script.onload = ok;
    script.onerror = () => no(new Error('flutter_loader.js'));
    document.head.append(script);
  });
  const config = {
    multiViewEnabled: false, entrypointBaseUrl: '/app/', assetBase: '/app/', renderer,
    canvasKitBaseUrl: '/app/canvaskit/', canvasKitVariant: 'full', fontFallbackBaseUrl: 'assets/fonts/',
    forceSingleThreadedSkwasm: true,  // its second thread leaves words out, and hangs (flutter/flutter#190039)
  };
  await _flutter.loader.load({
    config,
    onEntrypointLoaded: async (initializer) => {
      const engine = await initializer.initializeEngine(config);
      globalThis.flet.flutterApp = await engine.runApp();
      globalThis.flet.flutterAppResolve(globalThis.flet.flutterApp);
    },
  });
}
