/** The script tag by which a page includes the chat: where we come from, and what it says. */
const { currentScript, baseURI } = document

export const settings = currentScript?.dataset ?? {}
export const { origin } = new URL(currentScript?.getAttribute('src') ?? '', baseURI)
export const organisation = settings['organisation'] ?? ''
/** `none`: nothing is kept in the page's browser. */
export const storage = settings['storage'] ?? ''
