"""Chinese surnames and how each is written in Latin letters, the polyphonic ones as surnames are read."""

from typing import Final

# One word per surname: the characters, then Hanyu Pinyin as in passports (GB/T 28039), polyphonic ones as surnames.
_SINGLE: Final = """
赵Zhao 钱Qian 孙Sun 李Li 周Zhou 吴Wu 郑Zheng 王Wang 冯Feng 陈Chen 褚Chu 卫Wei 蒋Jiang
沈Shen 韩Han 杨Yang 朱Zhu 秦Qin 尤You 许Xu 何He 吕Lü 施Shi 张Zhang 孔Kong 曹Cao 严Yan
华Hua 金Jin 魏Wei 陶Tao 姜Jiang 戚Qi 谢Xie 邹Zou 喻Yu 柏Bai 水Shui 窦Dou 章Zhang 云Yun
苏Su 潘Pan 葛Ge 奚Xi 范Fan 彭Peng 郎Lang 鲁Lu 韦Wei 昌Chang 马Ma 苗Miao 凤Feng 花Hua
方Fang 俞Yu 任Ren 袁Yuan 柳Liu 酆Feng 鲍Bao 史Shi 唐Tang 费Fei 廉Lian 岑Cen 薛Xue
雷Lei 贺He 倪Ni 汤Tang 滕Teng 殷Yin 罗Luo 毕Bi 郝Hao 邬Wu 安An 常Chang 乐Yue 于Yu
时Shi 傅Fu 皮Pi 卞Bian 齐Qi 康Kang 伍Wu 余Yu 元Yuan 卜Bu 顾Gu 孟Meng 平Ping 黄Huang
和He 穆Mu 萧Xiao 尹Yin 姚Yao 邵Shao 湛Zhan 汪Wang 祁Qi 毛Mao 禹Yu 狄Di 米Mi 贝Bei
明Ming 臧Zang 计Ji 伏Fu 成Cheng 戴Dai 谈Tan 宋Song 茅Mao 庞Pang 熊Xiong 纪Ji 舒Shu
屈Qu 项Xiang 祝Zhu 董Dong 梁Liang 杜Du 阮Ruan 蓝Lan 闵Min 席Xi 季Ji 麻Ma 强Qiang 贾Jia
路Lu 娄Lou 危Wei 江Jiang 童Tong 颜Yan 郭Guo 梅Mei 盛Sheng 林Lin 刁Diao 钟Zhong 徐Xu
邱Qiu 骆Luo 高Gao 夏Xia 蔡Cai 田Tian 樊Fan 胡Hu 凌Ling 霍Huo 虞Yu 万Wan 支Zhi 柯Ke
昝Zan 管Guan 卢Lu 莫Mo 经Jing 房Fang 裘Qiu 缪Miao 干Gan 解Xie 应Ying 宗Zong 丁Ding
宣Xuan 贲Ben 邓Deng 郁Yu 单Shan 杭Hang 洪Hong 包Bao 诸Zhu 左Zuo 石Shi 崔Cui 吉Ji 钮Niu
龚Gong 程Cheng 嵇Ji 邢Xing 滑Hua 裴Pei 陆Lu 荣Rong 翁Weng 荀Xun 羊Yang 於Yu 惠Hui
甄Zhen 曲Qu 家Jia 封Feng 芮Rui 羿Yi 储Chu 靳Jin 汲Ji 邴Bing 糜Mi 松Song 井Jing 段Duan
富Fu 巫Wu 乌Wu 焦Jiao 巴Ba 弓Gong 牧Mu 隗Wei 山Shan 谷Gu 车Che 侯Hou 宓Mi 蓬Peng
全Quan 郗Xi 班Ban 仰Yang 秋Qiu 仲Zhong 伊Yi 宫Gong 宁Ning 仇Qiu 栾Luan 暴Bao 甘Gan
钭Tou 厉Li 戎Rong 祖Zu 武Wu 符Fu 刘Liu 景Jing 詹Zhan 束Shu 龙Long 叶Ye 幸Xing 司Si
韶Shao 郜Gao 黎Li 蓟Ji 薄Bo 印Yin 宿Su 白Bai 怀Huai 蒲Pu 邰Tai 从Cong 鄂E 索Suo
咸Xian 籍Ji 赖Lai 卓Zhuo 蔺Lin 屠Tu 蒙Meng 池Chi 乔Qiao 阴Yin 胥Xu 能Nai 苍Cang
双Shuang 闻Wen 党Dang 翟Zhai 谭Tan 贡Gong 劳Lao 逄Pang 姬Ji 申Shen 扶Fu 堵Du 冉Ran
宰Zai 郦Li 雍Yong 却Que 璩Qu 桑Sang 桂Gui 濮Pu 牛Niu 寿Shou 通Tong 边Bian 扈Hu 燕Yan
冀Ji 郏Jia 浦Pu 尚Shang 农Nong 温Wen 别Bie 庄Zhuang 晏Yan 柴Chai 瞿Qu 阎Yan 充Chong
慕Mu 连Lian 茹Ru 习Xi 宦Huan 艾Ai 鱼Yu 容Rong 向Xiang 古Gu 易Yi 慎Shen 戈Ge 廖Liao
庾Yu 终Zhong 暨Ji 居Ju 衡Heng 步Bu 都Du 耿Geng 满Man 弘Hong 匡Kuang 国Guo 文Wen 寇Kou
广Guang 禄Lu 阙Que 东Dong 殴Ou 殳Shu 沃Wo 利Li 蔚Wei 越Yue 夔Kui 隆Long 师Shi 巩Gong
厍She 聂Nie 晁Chao 勾Gou 敖Ao 融Rong 冷Leng 訾Zi 辛Xin 阚Kan 那Na 简Jian 饶Rao 空Kong
曾Zeng 毋Wu 沙Sha 乜Nie 养Yang 鞠Ju 须Xu 丰Feng 巢Chao 关Guan 蒯Kuai 相Xiang 查Zha
后Hou 荆Jing 红Hong 游You 竺Zhu 权Quan 逯Lu 盖Ge 益Yi 桓Huan 公Gong 肖Xiao 覃Qin 闫Yan
涂Tu 代Dai 苟Gou 付Fu 候Hou 佟Tong 邸Di 岳Yue 仝Tong 隋Sui 冼Xian 区Ou 朴Piao 仉Zhang
揭Jie 佘She 撒Sa 尧Yao 楚Chu 佀Si 戢Ji 召Shao 商Shang 宝Bao 尉Wei 岩Yan 帅Shuai 庚Geng
庹Tuo 校Xiao 漆Qi 琚Ju 睢Sui 禤Xuan 缑Gou 腾Teng 芦Lu 苑Yuan 茆Mao 菅Jian 萨Sa 藏Zang
谌Chen 谯Qiao 贠Yun 过Guo 遆Ti 邝Kuang 郇Xun 郄Qie 郅Zhi 钏Chuan 镡Tan 阳Yang 降Jiang
隽Juan 雒Luo 靖Jing 麦Mai 黑He 𠮷Ji
"""

_COMPOUND: Final = """
万俟Moqi 司马Sima 上官Shangguan 欧阳Ouyang 夏侯Xiahou 诸葛Zhuge 闻人Wenren
东方Dongfang 赫连Helian 皇甫Huangfu 尉迟Yuchi 公羊Gongyang 澹台Tantai 公冶Gongye
宗政Zongzheng 濮阳Puyang 淳于Chunyu 单于Chanyu 太叔Taishu 申屠Shentu 公孙Gongsun
仲孙Zhongsun 轩辕Xuanyuan 令狐Linghu 钟离Zhongli 宇文Yuwen 长孙Zhangsun 慕容Murong
鲜于Xianyu 闾丘Lüqiu 司徒Situ 司空Sikong 亓官Qiguan 司寇Sikou 子车Ziche
颛孙Zhuansun 端木Duanmu 巫马Wuma 公西Gongxi 漆雕Qidiao 乐正Yuezheng 壤驷Rangsi
公良Gongliang 拓跋Tuoba 夹谷Jiagu 宰父Zaifu 谷梁Guliang 段干Duangan 百里Baili
东郭Dongguo 南门Nanmen 呼延Huyan 羊舌Yangshe 微生Weisheng 梁丘Liangqiu 左丘Zuoqiu
东门Dongmen 西门Ximen 南宫Nangong 第五Diwu 独孤Dugu 完颜Wanyan 纳兰Nalan 叶赫Yehe
那拉Nala 爱新觉罗Aixinjueluo 富察Fucha 钮祜禄Niuhulu 哈斯Hasi 阿史那Ashina
"""


def _table(words: str) -> dict[str, str]:
    table = {}
    for word in words.split():
        latin = word.lstrip("".join(character for character in word if character > "\u2e7f"))
        table[word.removesuffix(latin)] = latin
    return table


SINGLE_SURNAMES: Final = _table(_SINGLE)
COMPOUND_SURNAMES: Final = _table(_COMPOUND)
