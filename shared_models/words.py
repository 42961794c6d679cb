"""Four everyday words of a key that two people compare aloud: the clerk before a screen, the officer with a phone."""

from __future__ import annotations

from shared_models import suite

_TABLE = """
    大米 小麦 玉米 黄豆 花生 芝麻 土豆 白菜 萝卜 黄瓜 茄子 南瓜 菠菜 韭菜 洋葱 大蒜
    苹果 香蕉 西瓜 葡萄 草莓 樱桃 桃子 橘子 柠檬 荔枝 石榴 核桃 板栗 红枣 杨梅 枇杷
    面包 馒头 饺子 面条 米饭 豆腐 鸡蛋 牛奶 蜂蜜 白糖 食盐 酱油 茶叶 咖啡 果汁 汤圆
    老虎 狮子 大象 熊猫 猴子 兔子 松鼠 骆驼 山羊 绵羊 水牛 骏马 小狗 花猫 公鸡 鸭子
    天鹅 燕子 喜鹊 麻雀 老鹰 鸽子 孔雀 鹦鹉 鲤鱼 金鱼 鲸鱼 海豚 螃蟹 乌龟 青蛙 蝴蝶
    蜻蜓 蜜蜂 蚂蚁 蜗牛 松树 柳树 竹子 银杏 梧桐 桂花 梅花 荷花 菊花 牡丹 玫瑰 茉莉
    太阳 月亮 星星 白云 彩虹 闪电 雪花 春风 雨水 露珠 冰块 火焰 高山 大海 江河 湖泊
    沙漠 草原 森林 瀑布 岩石 泥土 海岛 港湾 田野 果园 花园 池塘 温泉 山谷 小溪 沙滩
    城市 乡村 街道 广场 学校 医院 银行 邮局 商店 工厂 车站 机场 码头 桥梁 隧道 灯塔
    房屋 院子 大门 窗户 屋顶 楼梯 走廊 厨房 客厅 书房 阳台 水井 围墙 烟囱 仓库 亭子
    桌子 椅子 沙发 柜子 抽屉 镜子 窗帘 地毯 枕头 棉被 台灯 蜡烛 钟表 风扇 冰箱 电视
    电话 收音 相机 电脑 键盘 耳机 电池 插座 灯泡 水管 铁锤 剪刀 钉子 锯子 梯子 绳子
    汽车 火车 飞机 轮船 单车 卡车 帆船 地铁 轮胎 马车 毛笔 铅笔 钢笔 墨水 白纸 书本
    报纸 地图 邮票 信封 书包 黑板 粉笔 尺子 字典 日历 衣服 裤子 裙子 帽子 手套 围巾
    鞋子 袜子 雨伞 雨衣 眼镜 手表 钱包 钥匙 纽扣 毛衣 茶杯 饭碗 筷子 勺子 盘子 水壶
    铁锅 菜刀 竹篮 水桶 扫帚 毛巾 牙刷 肥皂 钢琴 吉他 笛子 二胡 铜锣 足球 篮球 象棋
"""
WORDS = tuple(_TABLE.split())
"""256 of them, a byte each. The order is part of the format: the same key must give the same words for ever."""


def four_words(public_key: bytes) -> tuple[str, str, str, str]:
    """From the first four bytes of the key's SHA-256."""
    first, second, third, fourth = (WORDS[byte] for byte in suite.fingerprint(public_key)[:4])
    return first, second, third, fourth
