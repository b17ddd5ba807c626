/** Languages as carriers list their voices and recognisers: with a country. */

/** For voices. `de` is `de-DE`, `zh-Hant` is `zh-TW`: the country where most speak it. What has one keeps it. */
export function spoken(language: string): string {
  const { language: code, region } = new Intl.Locale(language).maximize()
  return region === undefined ? code : `${code}-${region}`
}

/** For the recogniser of the TwiML family, which is Google's by its names: Chinese is called by what is spoken, and its script. */
export function recognised(language: string): string {
  const { language: code, script, region } = new Intl.Locale(language).maximize()
  if (code !== 'zh') return spoken(language)
  return region === 'HK' ? 'yue-Hant-HK' : `cmn-${script}-${region}`
}
