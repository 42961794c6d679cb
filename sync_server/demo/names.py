"""The words that the invented county is made of. No person and no enterprise here is real."""

from __future__ import annotations

from shared_models.people import Department, Unit

DEPARTMENTS = (
    Department(
        "market", "市场监督管理局", (Unit("food", "食品科"), Unit("quality", "质量科"), Unit("device", "特种设备科"))
    ),
    Department("emergency", "应急管理局", (Unit("industry", "工贸科"), Unit("chemicals", "危化科"))),
    Department("fire", "消防救援大队", (Unit("prevention", "防火科"),)),
    Department("ecology", "生态环境分局", (Unit("water", "水环境科"), Unit("air", "大气科"))),
    Department("enforcement", "综合行政执法局", (Unit("first", "一中队"), Unit("second", "二中队"))),
    Department("health", "卫生健康局", (Unit("supervision", "卫生监督所"),)),
    Department("labour", "人力资源和社会保障局", (Unit("labour", "劳动监察队"),)),
    Department("housing", "住房和城乡建设局", (Unit("quality", "质安站"),)),
    Department("transport", "交通运输局", (Unit("road", "道路运输科"),)),
    Department("water", "水利局", (Unit("resources", "水资源科"),)),
    Department("justice", "司法局", (Unit("law", "普法科"),)),
    Department("commerce", "工商业联合会", (Unit("liaison", "联络科"),)),
)
"""The last two visit without licences: they serve, they do not inspect."""

ENFORCING = tuple(d for d in DEPARTMENTS if d.id not in ("justice", "commerce"))

TOWNSHIPS = (
    "昆阳镇",
    "鳌江镇",
    "水头镇",
    "萧江镇",
    "万全镇",
    "腾蛟镇",
    "麻步镇",
    "山门镇",
    "顺溪镇",
    "凤卧镇",
    "怀溪镇",
    "南雁镇",
)
STREETS = ("兴业路", "工园路", "滨江大道", "站前路", "环镇北路", "创新街", "望海路", "平瑞路", "银杏路", "皮都大道")
INDUSTRIES = (
    ("皮革", "皮革制品"),
    ("包装", "塑料包装"),
    ("印业", "印刷"),
    ("机械", "食品机械"),
    ("食品", "肉制品"),
    ("家居", "家居用品"),
    ("箱包", "箱包"),
    ("宠物用品", "宠物用品"),
    ("新材料", "无纺布"),
    ("电器", "低压电器"),
    ("水产", "水产加工"),
    ("模具", "模具"),
)
BRANDS_FIRST = "霁澄砚栩沐岫禾屿璟衍昀湛翊澜槿筠"
BRANDS_SECOND = "川溪原舟堂野亭笙曜谷泊石森陌川驿"
SURNAMES = "林陈黄周吴郑王杨蔡温叶苏池谢潘金许项卢章"
GIVEN = [
    "致远",
    "晓岚",
    "建国",
    "海燕",
    "思源",
    "一鸣",
    "雪琴",
    "志强",
    "文静",
    "国栋",
    "丽萍",
    "子涵",
    "永康",
    "春梅",
    "浩然",
    "秀英",
    "明辉",
    "佳慧",
    "立群",
    "雨桐",
    "少华",
    "若兰",
    "向阳",
    "慧敏",
    "俊杰",
    "素芬",
    "振宇",
    "晨曦",
    "德胜",
    "婉清",
    "宏伟",
    "美玲",
    "景行",
    "诗雅",
    "培德",
    "小娟",
    "天佑",
    "静怡",
    "光耀",
    "碧云",
]

ITEMS = {
    "market": ("食品生产过程控制", "《中华人民共和国食品安全法》第一百一十条"),
    "emergency": ("工贸企业有限空间作业安全", "《中华人民共和国安全生产法》第六十五条"),
    "fire": ("消防设施和疏散通道", "《中华人民共和国消防法》第五十三条"),
    "ecology": ("污染防治设施运行", "《中华人民共和国环境保护法》第二十四条"),
    "enforcement": ("市容环境卫生责任", "《浙江省综合行政执法条例》第二十一条"),
    "health": ("职业病危害防护", "《中华人民共和国职业病防治法》第六十二条"),
    "labour": ("工资支付和工时", "《保障农民工工资支付条例》第四条"),
    "housing": ("在建厂房质量安全", "《建设工程质量管理条例》第四十三条"),
    "transport": ("危险货物运输企业安全", "《中华人民共和国道路运输条例》第五十七条"),
    "water": ("取水许可执行情况", "《取水许可和水资源费征收管理条例》第四十五条"),
}
