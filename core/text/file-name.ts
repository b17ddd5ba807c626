/** Names of files, as their owners' systems have them. */

/** Half characters, and what breaks a line or turns around how the rest of it reads: `photo_gpj.exe` as `photo_exe.jpg`. */
const misleading = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The name without what is not seen of it. */
export const plainName = (name: string): string => name.replace(misleading, '')
