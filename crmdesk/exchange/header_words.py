"""What stores call the columns of their member and purchase lists, in Chinese and English."""

import re
from typing import Final

from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.fields import FIELDS, Field, ImportKind

# One paragraph per field: its name, then the words, written as `field_of_header` compares them.
_MEMBER_WORDS: Final = """
name: 姓名 会员姓名 会员名 会员名称 客户 客户姓名 客户名 客户名称 顾客 顾客姓名 顾客名称 名字 名称 称呼 联系人
    持卡人 name fullname membername customer customername client contact
phone: 手机 手机号 手机号码 会员手机 会员手机号 联系手机 移动电话 电话 电话号码 会员电话 客户电话 联系电话
    联系方式 联系号码 电话1 电话2 手机1 手机2 备用电话 备用手机 其他电话 第二电话 固定电话 固话 座机 家庭电话
    办公电话 号码 phone phonenumber mobile mobilephone mobileno cell cellphone tel telephone contactnumber
    phone1 phone2
member_number: 会员号 会员编号 会员编码 会员代码 会员id 客户编号 客户号 客户代码 顾客编号 档案号 memberno
    memberid membernumber membercode customerid customerno customernumber customercode
card: 卡号 会员卡 会员卡号 vip vip卡 vip卡号 vip号 vip编号 贵宾卡号 贵宾卡 磁卡号 芯片卡号 实体卡号 card cardno
    cardnumber cardid vipno vipcard vipnumber
gender: 性别 男女 男/女 gender sex
birthday: 生日 出生日期 出生年月日 出生年月 会员生日 客户生日 顾客生日 出生 生日日期 公历生日 阳历生日 农历生日
    阴历生日 birthday birthdate dateofbirth dob birth
birthday_calendar: 生日类型 生日历法 历法 公历农历 公历/农历 农历/公历 阳历阴历 阴历阳历 阴历/阳历 阳历/阴历
    是否农历 birthdaycalendar calendar birthdaytype
level: 等级 会员等级 会员级别 级别 卡级别 卡等级 会员卡等级 卡类型 卡类别 会员类型 会员类别 会员卡类型 卡种
    卡名称 level tier grade memberlevel membertype cardtype
care_class: 客户分类 客户类别 客户级别 客户类型 重要程度 重要性 顾客分类 careclass importance
points: 积分 会员积分 可用积分 剩余积分 当前积分 积分余额 现有积分 有效积分 points pointbalance pointsbalance
    score
stored_value: 储值 储值余额 余额 卡余额 账户余额 储值金额 会员余额 卡内余额 本金 储值本金 本金余额 预存 预存款
    预存余额 balance storedvalue cardbalance accountbalance
bonus: 赠送余额 赠金 赠送金额 赠送 赠送金 储值赠送 赠送金余额 bonus bonusbalance
address: 地址 联系地址 家庭地址 住址 通讯地址 详细地址 收货地址 现住址 居住地址 address homeaddress
email: 邮箱 电子邮箱 电子邮件 邮件 email emailaddress mail
wechat: 微信 微信号 微信id 微信账号 微信昵称 wechat wechatid weixin wx
occupation: 职业 工作 职务 职位 occupation job profession
industry: 行业 所属行业 industry
income: 收入 月收入 年收入 收入水平 收入区间 income incomeband
garment_size: 尺码 衣服尺码 服装尺码 上衣尺码 衣码 size garmentsize clothingsize
shoe_size: 鞋码 鞋号 鞋子尺码 shoesize
tastes: 喜好 偏好 风格 喜好风格 穿衣风格 tastes preferences preference
hobbies: 爱好 兴趣 兴趣爱好 个人爱好 业余爱好 hobbies hobby interests
gift_preference: 礼品偏好 礼物偏好 礼品喜好 giftpreference
consumption: 消费偏好 消费习惯 消费喜好 购买偏好 consumption consumptionpreference
source: 来源 会员来源 客户来源 顾客来源 渠道 来源渠道 开卡渠道 注册渠道 获客渠道 source channel
store: 门店 店铺 所属门店 开卡门店 归属门店 所属店铺 开卡店铺 注册门店 办卡门店 店名 分店 所属分店 store shop
    branch homestore
guide: 导购 专属导购 所属导购 导购员 导购姓名 开卡导购 服务导购 店员 营业员 业务员 销售员 跟进人 开卡人 所属员工
    guide salesperson salesman clerk staff
joined: 入会日期 入会时间 开卡日期 开卡时间 办卡日期 办卡时间 注册日期 注册时间 建档日期 建档时间 创建时间
    创建日期 登记日期 登记时间 加入日期 joined joindate joinedon registered registrationdate created
tags: 标签 会员标签 客户标签 顾客标签 tags tag labels
note: 备注 说明 备注信息 会员备注 客户备注 其他 其它 remark remarks note notes comment comments memo
"""

_CARD_WORDS: Final = """
card_state: 卡状态 会员卡状态 状态 卡片状态 cardstate cardstatus status state
issued_on: 发卡日期 发卡时间 开卡日期 开卡时间 办卡日期 办卡时间 领卡日期 issuedon issued issuedate
valid_until: 有效期 有效期至 到期日 到期日期 卡有效期 失效日期 截止日期 validuntil expires expirydate validto
"""

_PURCHASE_WORDS: Final = """
number: 单号 小票号 销售单号 流水号 订单号 小票 单据号 单据编号 销售单 交易号 交易单号 订单编号 票号 收银单号
    ticket ticketno receipt receiptno receiptnumber order orderno ordernumber orderid invoice invoiceno
    transactionid bill billno
date: 日期 销售日期 交易日期 消费日期 购买日期 单据日期 下单日期 开单日期 消费时间 销售时间 交易时间 购买时间
    下单时间 订单时间 收银时间 date saledate orderdate purchasedate transactiondate datetime
time: 时间 time saletime
name: 会员 姓名 会员姓名 客户 客户姓名 顾客 顾客姓名 会员名称 name customer customername member membername
phone: 手机 手机号 手机号码 会员手机 会员手机号 电话 电话号码 联系电话 会员电话 客户电话 联系方式 phone
    phonenumber mobile mobilephone tel telephone
member_number: 会员号 会员编号 会员编码 会员id 客户编号 顾客编号 memberno memberid membernumber customerid
    customerno
card: 卡号 会员卡 会员卡号 vip vip卡号 vip号 vip卡 贵宾卡号 card cardno cardnumber vipno
item_code: 款号 货号 商品编码 商品编号 商品代码 商品货号 条码 商品条码 条形码 款式编号 sku skucode sku编码
    itemcode item itemno stylecode styleno style productcode productid barcode code model 型号
item_name: 品名 商品 商品名 商品名称 名称 货品名称 产品 产品名称 款名 款式名称 product productname itemname
    description
brand: 品牌 brand
category: 品类 类别 分类 商品分类 商品类别 大类 类目 category
colour: 颜色 色号 颜色名称 花色 colour color
size: 尺码 尺寸 规格 码数 size
quantity: 数量 件数 销售数量 购买数量 销量 quantity qty pieces count
unit_price: 单价 售价 成交价 实际单价 折后价 折后单价 成交单价 unitprice price
amount: 金额 实收 实付 实收金额 实付金额 销售金额 成交金额 消费金额 应收金额 小计 合计 总金额 总价 折后金额
    amount total linetotal subtotal paid netamount
guide: 导购 导购员 导购姓名 营业员 店员 销售员 业务员 员工 guide salesperson clerk staff
store: 门店 店铺 店名 销售门店 消费门店 交易门店 分店 门店名称 store shop branch
return: 退货 是否退货 退换货 单据类型 销售类型 交易类型 类型 return returned isreturn type saletype
note: 备注 说明 remark remarks note notes comment memo
"""

_DECORATION: Final = re.compile(r"[\s*＊:：_\-.。、，,#№'\"“”]+")
_BRACKETS: Final = re.compile(r"[(（\[【][^()（）\[\]【】]{0,30}[)）\]】]")


def _table(kind: ImportKind, paragraphs: str) -> dict[str, Field]:
    names = {field.value: field for field in FIELDS[kind]}
    table: dict[str, Field] = {}
    field: Field | None = None
    for word in paragraphs.split():
        if word.endswith(":"):
            field = names.get(word[:-1])
        elif field is not None:
            table[word] = field
    return table


_BY_WORD: Final = {
    ImportKind.MEMBERS: _table(ImportKind.MEMBERS, _MEMBER_WORDS),
    ImportKind.PURCHASES: _table(ImportKind.PURCHASES, _PURCHASE_WORDS),
    ImportKind.BALANCES: _table(ImportKind.BALANCES, _MEMBER_WORDS),
    ImportKind.CARDS: _table(ImportKind.CARDS, _MEMBER_WORDS + _CARD_WORDS),
    ImportKind.TAGS: _table(ImportKind.TAGS, _MEMBER_WORDS),
}


def field_of_header(header: str, kind: ImportKind) -> Field | None:
    """Return the field that a header means, None when it is no known word.

    Compared without case, spaces, stars and colons; a hint in brackets (`手机号(必填)`) does not count.
    """
    words = _BY_WORD[kind]
    plain = _DECORATION.sub("", clean_line(header)).lower()
    for candidate in (plain, _BRACKETS.sub("", plain), plain.rpartition("/")[2]):
        if candidate in words:
            return words[candidate]
    return None


def is_known_header(text: str) -> bool:
    """Tell whether any kind of list uses this word as a header."""
    return any(field_of_header(text, kind) for kind in ImportKind)
