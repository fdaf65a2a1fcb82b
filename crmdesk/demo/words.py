"""What the demonstration store is made of: names, goods, faults, what customers and clerks say."""

from typing import Final, NamedTuple

from crmdesk.core.care import CallOutcome
from crmdesk.core.loaners import SizeClass
from crmdesk.core.tickets import ItemCategory

SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
COMPOUND: Final = ("欧阳", "尉迟", "司马", "上官", "诸葛", "慕容")
READ_OTHERWISE: Final = "单仇解查朴任盖"
WOMEN: Final = (
    "婷",
    "静",
    "敏",
    "丽",
    "娟",
    "燕",
    "芳",
    "雪",
    "倩",
    "颖",
    "琳",
    "雯",
    "佳",
    "欣怡",
    "梓涵",
    "雨桐",
    "思琪",
    "晓燕",
    "美玲",
    "淑芬",
    "海燕",
    "春梅",
    "秀英",
    "桂兰",
    "文静",
    "若曦",
    "诗涵",
    "雅琴",
    "玉洁",
    "可欣",
)
MEN: Final = (
    "伟",
    "强",
    "磊",
    "军",
    "勇",
    "杰",
    "涛",
    "斌",
    "建国",
    "建华",
    "志强",
    "文博",
    "浩然",
    "子轩",
    "俊杰",
    "海涛",
    "国庆",
    "晓东",
    "明辉",
    "家豪",
    "振宇",
    "天佑",
    "立新",
    "永康",
    "少华",
)
STREETS: Final = ("文三路", "天目山路", "凤起路", "体育场路", "曙光路", "莫干山路", "庆春路", "教工路", "古墩路")
JOBS: Final = ("教师", "医生", "会计", "工程师", "律师", "自由职业", "公务员", "个体经营", "护士", "设计师", "")
SOURCES: Final = ("到店", "朋友介绍", "小红书", "商场活动", "老会员带新", "公众号")
TASTES: Final = ("喜欢驼色、简约", "偏爱商务款", "只要软箱", "喜欢亮色", "不喝茶，送礼避开茶叶", "注重轻便", "")
TAGS: Final = ("常出差", "送礼", "带娃", "老客户", "爱拍照")


class Goods(NamedTuple):
    """One article of the shop; ``yuan`` is its price."""

    name: str
    style: str
    category: ItemCategory
    size: str
    size_class: SizeClass
    yuan: int


GOODS: Final = (
    Goods("拉杆箱 20寸", "LX2001", ItemCategory.SUITCASE, "20寸", SizeClass.SMALL, 1280),
    Goods("拉杆箱 24寸", "LX2401", ItemCategory.SUITCASE, "24寸", SizeClass.MEDIUM, 1580),
    Goods("旅行箱 28寸", "LX2801", ItemCategory.SUITCASE, "28寸", SizeClass.LARGE, 1980),
    Goods("真皮手袋", "SD1102", ItemCategory.BAG, "中", SizeClass.MEDIUM, 1680),
    Goods("单肩斜挎包", "XK0903", ItemCategory.BAG, "小", SizeClass.SMALL, 890),
    Goods("商务公文包", "GW0701", ItemCategory.BAG, "中", SizeClass.MEDIUM, 1460),
    Goods("双肩电脑包", "SJ0508", ItemCategory.BAG, "大", SizeClass.LARGE, 698),
    Goods("羊绒大衣", "DY3306", ItemCategory.JACKET, "M", SizeClass.MEDIUM, 2980),
    Goods("真皮夹克", "JK2203", ItemCategory.JACKET, "L", SizeClass.LARGE, 2380),
    Goods("风衣", "FY1809", ItemCategory.JACKET, "M", SizeClass.MEDIUM, 1290),
    Goods("休闲西裤", "KZ0612", ItemCategory.TROUSERS, "32", SizeClass.MEDIUM, 459),
    Goods("牛皮商务鞋", "XZ4208", ItemCategory.SHOE, "42", SizeClass.LARGE, 899),
    Goods("女士短靴", "DX3705", ItemCategory.SHOE, "37", SizeClass.SMALL, 799),
)
SMALL_GOODS: Final = (
    Goods("丝巾", "SJ0101", ItemCategory.OTHER, "", SizeClass.ONE_SIZE, 268),
    Goods("真皮腰带", "YD0203", ItemCategory.OTHER, "", SizeClass.ONE_SIZE, 329),
    Goods("钱包", "QB0305", ItemCategory.OTHER, "", SizeClass.ONE_SIZE, 429),
    Goods("行李牌", "XP0108", ItemCategory.OTHER, "", SizeClass.ONE_SIZE, 59),
    Goods("皮革护理套装", "HL0110", ItemCategory.OTHER, "", SizeClass.ONE_SIZE, 128),
)
COLOURS: Final = ("黑色", "银色", "灰色", "驼色", "酒红", "藏青", "棕色")

# What customers say, by fault code.
STORIES: Final = {
    "wheel_broken": "机场托运后左前轮断裂，无法拖行，下周要出差。",
    "rod_jam": "拉杆拉出来缩不回去，用力按也不行。",
    "zip_fault": "拉链头脱了，拉到一半就裂开。",
    "lock_fault": "密码锁打不开，密码没有改过。",
    "shell_crack": "箱角裂了一道，托运时摔的。",
    "handle": "提手一边松了，再提怕掉。",
    "hardware_rust": "五金件生锈，蹭到衣服上。",
    "colour_loss": "才穿了两次，袖口就褪色了。",
    "seam_break": "肩部脱线，越拉越大。",
    "lining": "内衬破了个洞，东西掉进夹层。",
    "button": "掉了一颗扣子，找不到同款。",
    "size_alteration": "袖子长了两公分，想改短。",
    "sole": "鞋底磨穿，走路进水。",
    "heel": "鞋跟歪了，走路响。",
    "glue": "前掌开胶。",
    "stain": "沾了油渍，自己洗不掉。",
    "pilling": "腋下起球严重。",
}
WORK: Final = {
    "wheel_broken": "更换轮组一副",
    "rod_jam": "更换拉杆总成",
    "zip_fault": "更换拉链头并修齿",
    "lock_fault": "更换密码锁",
    "colour_loss": "补色护理",
    "sole": "换大底",
}
ACCESSORIES: Final = (("密码锁", "防尘袋"), ("防尘袋",), (), ("行李牌",), ("肩带",), ())
COMPLAINTS: Final = (
    ("褪色", "皮衣穿了两次就褪色，把白衬衫都染了，要求退货。", "product", "染色固色不足，同批次已有两例"),
    ("买贵了", "上周买的，这周就打八折，要求退差价。", "price", "促销未提前告知，店员未主动说明"),
    ("服务态度", "说好三天修好，来了两趟都说没好，店员爱理不理。", "service_attitude", "承诺日期未更新，未主动致电"),
    ("送货磕碰", "快递送到箱子角就是瘪的。", "delivery", "外包装无护角，承运人已确认"),
    ("修了又坏", "轮子上个月刚换的，又掉了。", "process", "质检未做载重测试"),
    ("信息不符", "说是头层牛皮，吊牌写的是二层。", "information", "商品卡信息填错"),
)
CALL_NOTES: Final = {
    CallOutcome.SATISFIED: (
        "很满意，说下次带朋友来",
        "用着很顺手",
        "问有没有同色围巾",
        "谢谢提醒护理方法",
        "下个月想来看看新款",
        "",
    ),
    CallOutcome.NEUTRAL: ("一般，觉得等得久", "还没怎么用", ""),
}
LOANERS: Final = (
    ("L-001", "20寸 银色", ItemCategory.SUITCASE, SizeClass.SMALL, 680),
    ("L-002", "20寸 黑色", ItemCategory.SUITCASE, SizeClass.SMALL, 680),
    ("L-003", "20寸 灰色", ItemCategory.SUITCASE, SizeClass.SMALL, 720),
    ("L-004", "22寸 灰色", ItemCategory.SUITCASE, SizeClass.SMALL, 760),
    ("L-005", "24寸 黑色", ItemCategory.SUITCASE, SizeClass.MEDIUM, 820),
    ("L-006", "24寸 藏青", ItemCategory.SUITCASE, SizeClass.MEDIUM, 820),
    ("L-007", "24寸 银色", ItemCategory.SUITCASE, SizeClass.MEDIUM, 860),
    ("L-008", "28寸 黑色", ItemCategory.SUITCASE, SizeClass.LARGE, 980),
    ("L-009", "28寸 灰色", ItemCategory.SUITCASE, SizeClass.LARGE, 980),
    ("L-010", "手袋 黑色", ItemCategory.BAG, SizeClass.MEDIUM, 520),
    ("L-011", "斜挎包 棕色", ItemCategory.BAG, SizeClass.SMALL, 460),
    ("L-012", "公文包 黑色", ItemCategory.BAG, SizeClass.MEDIUM, 620),
    ("L-013", "双肩包 灰色", ItemCategory.BAG, SizeClass.LARGE, 380),
    ("L-014", "风衣 卡其 M", ItemCategory.JACKET, SizeClass.MEDIUM, 560),
    ("L-015", "皮衣 黑色 L", ItemCategory.JACKET, SizeClass.LARGE, 880),
    ("L-016", "短靴 37", ItemCategory.SHOE, SizeClass.SMALL, 300),
)
