/** Consumers of records from a Queue: all at once if it goes, and a bad message blocks no other. */

import { describeError } from '../../core/describe-error.ts'
import type { ProjectionRecord } from '../../core/protocol/projection.ts'
import { log } from '../log.ts'
import { readBatch } from './records.ts'

/** The longest wait between two tries, in seconds. */
const longestWait = 60

interface Read {
  readonly message: Message<unknown>
  readonly records: readonly ProjectionRecord[]
}

/**
 * Gives all records of a batch to `write`, in one call; when that fails, message by message. Each message is taken or
 * comes again, so `write` may get the same record twice. `name` is for the log.
 */
export async function consume(
  batch: MessageBatch<unknown>,
  name: string,
  write: (records: readonly ProjectionRecord[]) => Promise<void>,
): Promise<void> {
  const good: Read[] = []
  for (const message of batch.messages) {
    const read = readBatch(message.body)
    if (read.ok) {
      good.push({ message, records: read.records })
    } else {
      // It ends in the dead-letter queue, where somebody can look at it.
      log('error', `${name}_unreadable`, { id: message.id, why: read.why })
      message.retry()
    }
  }
  try {
    await write(good.flatMap(({ records }) => records))
    for (const { message } of good) message.ack()
  } catch (error) {
    log('warn', `${name}_batch_failed`, { messages: good.length, error: describeError(error) })
    await oneByOne(good, name, write)
  }
}

async function oneByOne(
  messages: readonly Read[],
  name: string,
  write: (records: readonly ProjectionRecord[]) => Promise<void>,
): Promise<void> {
  for (const { message, records } of messages) {
    try {
      await write(records)
      message.ack()
    } catch (error) {
      log('error', `${name}_failed`, { id: message.id, attempts: message.attempts, error: describeError(error) })
      message.retry({ delaySeconds: Math.min(longestWait, 2 ** message.attempts) })
    }
  }
}
