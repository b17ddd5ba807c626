/** Sizes that both ends of a wire must know. */

/** A file larger than this comes in parts of this size, in bytes: the least that the bucket takes of a part. */
export const FILE_PART = 5 * 1_048_576
