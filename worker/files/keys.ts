/** Where things lie in the bucket: each begins with its organisation, and all of a conversation's files lie together. */

/** Where all files of a conversation lie. */
export const filesOf = (org: string, conversation: string) => `${org}/files/${conversation}/`

export const fileKey = (org: string, conversation: string, file: string) => `${filesOf(org, conversation)}${file}`
