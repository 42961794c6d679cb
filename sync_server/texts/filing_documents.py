"""The words of the filing form and of the inspection notice; documents are in Chinese."""

from __future__ import annotations

LABELS: dict[str, str] = {
    "filing_title": "执法检查备案表",
    "notice_title": "行政检查通知书",
    "not_numbered": "（未受理，无编号）",
    "printed": "{at} 由助企码打印 · 存证标识 {filing}",
    "department": "执法单位",
    "unit": "内设机构",
    "kind": "类别",
    "items": "检查事项",
    "basis": "检查依据",
    "method": "检查方式",
    "window": "拟定日期",
    "window_text": "{first} 至 {last}",
    "planned_visits": "计划入企次数",
    "why_not_off_site": "为什么不能非现场",
    "why_afterwards": "事后备案理由",
    "officers": "执法人员",
    "no_licence": "无执法证",
    "assistants": "协助人员数",
    "exception": "例外情形",
    "frequency": "检查频次",
    "frequency_text": "本备案计划入企 {number} 次；用完后再来，须另行备案",
    "approved": "单位负责人批准",
    "submitted": "提交时间",
    "answered": "受理",
    "by_rule": "系统按规则受理",
    "merged": "已并入联合入企",
    "external_refs": "行政行为码等外部编号",
    "enterprises": "检查对象",
    "enterprise": "企业名称",
    "uscc": "统一社会信用代码",
    "address": "地址",
    "more": "另有 {number} 家，见备案台账。",
    "rights_title": "您的权利",
    "discipline_title": "检查纪律",
    "sign_department": "执法单位",
    "sign_office": "县优化营商环境工作专班",
    "sign_authority": "检查机关",
    "sign_enterprise": "企业签收（现场负责人）",
}

RIGHTS = (
    "检查人员不得少于两人，应当主动出示执法证件；未出示的，您有权拒绝检查（《行政处罚法》第五十五条）。",
    "您可以用企业门口的入企码核验来人和本次备案；核验不符的，可以拒绝并拨打监督电话。",
    "检查人员与您有直接利害关系的，您可以申请其回避（《行政处罚法》第四十三条）。",
    "您有权陈述和申辩；不要求法定代表人到场。",
    "对检查不服或者认为违规的，可以投诉举报，也可以依法申请行政复议或者提起行政诉讼。",
)

DISCIPLINE = (
    "严禁逐利检查；严禁干扰企业正常生产经营；严禁任性处罚企业；严禁下达检查指标；严禁变相检查。",
    "不接受馈赠、报酬、宴请、娱乐和旅游，不由企业支付消费开支，不指定中介服务。",
    "不以观摩、督导、考察等名义行检查之实；调研和服务中发现的问题不作为处罚依据。",
)
