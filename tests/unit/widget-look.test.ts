/** How the chat looks: whatever an organisation sets can be read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WidgetLook, WidgetSettings } from '../../core/protocol/widget.ts'
import { brandOf, contrast, lookOf, textsFor } from '../../core/widget/look.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

describe('colours', () => {
  it('are compared as WCAG 2.2 says', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    expect(contrast('#ff0000', '#ffffff')).toBeCloseTo(4, 2)
  })

  it('WL1: every colour can be read on, light or dark: 4.5 to 1 and better', () => {
    fc.assert(
      fc.property(colour, (one) => {
        const { brand, on } = brandOf(one)
        return brand === one && contrast(brand, on) >= 4.5
      }),
      { numRuns: 2_000 },
    )
    expect(brandOf('#1a5f3c').on).toBe('#ffffff')
    expect(brandOf('#ffcc00').on).toBe('#000000')
  })
})

describe('what widgets are told', () => {
  it('WL1: fits its schema whatever is set, one colour serving for both modes', () => {
    const widget = WidgetSettings.parse({
      colours: { accent: '#ffcc00' },
      position: 'left',
      offset: { side: 8, bottom: 60 },
      texts: { en: { title: '</style><script>x</script>' } },
      outsideHours: 'closed',
    })
    const look = lookOf({ widget }, 'en-GB')
    expect(WidgetLook.parse(look)).toEqual({
      position: 'left',
      offset: { side: 8, bottom: 60 },
      launcher: 'button',
      texts: { title: '</style><script>x</script>' },
      light: { brand: '#ffcc00', on: '#000000' },
      dark: { brand: '#ffcc00', on: '#000000' },
    })
    expect(lookOf({ widget: WidgetSettings.parse({}) }, 'en')).not.toHaveProperty('light')
  })

  it('WL1: takes no colour that is more than a colour', () => {
    for (const accent of ['red', '#fff', '#12345g', '#123456;}', 'url(https://evil.example)'])
      expect(WidgetSettings.safeParse({ colours: { accent } }).success, accent).toBe(false)
  })

  it('WL2: words come in the very language, then in the same of another country, then in the own words of the chat', () => {
    const texts = { zh: { title: '咨询' }, 'zh-Hant': { title: '諮詢' } }
    expect(textsFor(texts, 'zh-Hant').title).toBe('諮詢')
    expect(textsFor(texts, 'zh-hant').title).toBe('諮詢')
    expect(textsFor(texts, 'zh-CN').title).toBe('咨询')
    for (const other of ['en', '', 'constructor', '__proto__']) expect(textsFor(texts, other)).toEqual({})
  })
})
