/** The emoji that the chat offers, and what they are called in English and in Chinese. */

export interface Emoji {
  readonly sign: string
  readonly en: string
  readonly zh: string
}

const list = `😀 grin 开心|😄 laugh 大笑|😅 sweat 苦笑|😂 tears of joy 笑哭|🙂 smile 微笑|😉 wink 眨眼|😊 blush 害羞|😍 love eyes 喜欢
😘 kiss 飞吻|😎 cool 酷|🤔 thinking 思考|😐 neutral 无语|🙄 eye roll 白眼|😬 grimace 尴尬|😔 sad 难过|😢 cry 哭
😭 sob 大哭|😡 angry 生气|😱 scream 惊恐|😴 sleep 困|🤒 ill 生病|🤗 hug 拥抱|🤝 handshake 握手|👍 thumbs up 赞
👎 thumbs down 踩|👌 okay 好的|✌️ victory 胜利|👏 clap 鼓掌|🙏 thanks 感谢|💪 strong 加油|👋 wave 你好|👀 eyes 看
❤️ heart 爱心|💔 broken heart 心碎|🎉 party 庆祝|🎁 gift 礼物|🌹 rose 玫瑰|☀️ sun 太阳|🔥 fire 火|⭐ star 星星
✅ done 完成|❌ cross 错误|❓ question 疑问|❗ important 重要|⏰ clock 时间|📦 parcel 包裹|🛒 cart 购物车|💳 card 银行卡
📞 phone 电话|✉️ mail 邮件|📷 camera 照片|🔒 lock 安全|🏠 home 家|🚚 delivery 送货|☕ coffee 咖啡|🎂 cake 蛋糕`

export const emoji: readonly Emoji[] = list.split(/[|\n]/).map((line) => {
  const [sign = '', ...names] = line.split(' ')
  return { sign, en: names.slice(0, -1).join(' '), zh: names.at(-1) ?? '' }
})
