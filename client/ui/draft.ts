/** Where a message that is being written is kept over a reload. */
export const draftKey = (draft: string): string => `parley.draft.${draft}`
