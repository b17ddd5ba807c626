/** Sentences in English, German and Chinese: words by Zipf's law, the frequent ones real, the others of syllables. */
import type { Chance } from '../../core/whatif/chance.ts'

const english =
  'order the is my not i have when delivery refund please it was to for you with card address account password parcel blue return send check number email size today wait invoice thanks still broken exchange late'
const german =
  'bestellung die ist nicht ich habe wann lieferung rückzahlung bitte es war für sie mit karte adresse konto passwort paket größe zurück senden prüfen nummer heute warten rechnung danke noch kaputt umtausch spät'
const chinese =
  '退款 订单 我要 申请 什么 时候 可以 发货 地址 快递 没有 收到 谢谢 请问 修改 账号 密码 发票 尺码 颜色 质量 问题 客服 今天 明天 已经 物流 包裹 取消 优惠'

const tail = 8_000
/** So rare that twenty entries of a million have it. */
export const rare = 'Seilwinde'

export class Words {
  readonly #chance: Chance
  readonly #languages: readonly { readonly words: readonly string[]; readonly gap: string }[]

  constructor(chance: Chance) {
    this.#chance = chance
    const spoken = (list: string, syllable: string[]) => [...list.split(' '), ...this.#made(syllable, 3)]
    const characters = Array.from({ length: 1_500 }, (_, i) => String.fromCodePoint(0x4e00 + i * 11))
    this.#languages = [
      {
        words: spoken(english, ['ba', 'ren', 'til', 'so', 'ma', 'ker', 'ing', 'ped', 'lo', 'ver', 'sta', 'nu']),
        gap: ' ',
      },
      {
        words: spoken(german, ['ge', 'schen', 'lich', 'vor', 'kei', 'tung', 'mög', 'stra', 'ße', 'wer', 'be', 'an']),
        gap: ' ',
      },
      { words: [...chinese.split(' '), ...this.#made(characters, 2)], gap: '' },
    ]
  }

  /** Entry `n` of all; six to eighteen words. */
  sentence(n: number): string {
    const { words, gap } = this.#languages[n % 4 === 3 ? 1 : n % 4 === 2 ? 2 : 0] ?? { words: [], gap: '' }
    const length = 6 + Math.floor(this.#chance.share() * 12)
    const said = Array.from({ length }, () => words[Math.floor(words.length ** this.#chance.share()) - 1] ?? '')
    if (n % 50_000 === 7) said.push(` ${rare}`)
    return said.join(gap)
  }

  #made(syllables: readonly string[], length: number): string[] {
    const any = () => syllables[Math.floor(this.#chance.share() * syllables.length)] ?? ''
    return Array.from({ length: tail }, () => Array.from({ length }, any).join(''))
  }
}
