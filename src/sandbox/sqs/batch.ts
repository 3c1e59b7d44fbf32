import { AwsFault } from '../aws-fault.js'
import { structures, text } from '../members.js'
import type { RawInput } from '../raw-input.js'
import { missingParameter } from './refusals.js'

export interface BatchEntry {
  readonly id: string
  readonly raw: RawInput
}

export interface FailedEntry {
  readonly Id: string
  readonly SenderFault: boolean
  readonly Code: string
  readonly Message: string
}

const prefixed = (code: string, message: string, recorded = true) =>
  new AwsFault(code, message, { queryCode: `AWS.SimpleQueueService.${code}`, recorded })

/** The entries of a batch request. Throws what SQS says to batches of a wrong size or with wrong ids. */
export function readEntries(raw: RawInput): readonly BatchEntry[] {
  const entries = (structures(raw, 'Entries') ?? []).map((entry) => ({
    id: text(entry, 'Id') ?? '',
    raw: entry,
  }))
  if (entries.length === 0) {
    throw prefixed('EmptyBatchRequest', 'There should be at least one entry in the request.', false)
  }
  if (entries.length > 10) {
    throw prefixed(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    )
  }
  const seen = new Set<string>()
  for (const { id } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
      throw prefixed(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      )
    }
    if (seen.has(id)) throw prefixed('BatchEntryIdsNotDistinct', `Id ${id} repeated.`, false)
    seen.add(id)
  }
  return entries
}

export function refuseTooLong(bytes: number): void {
  const limit = 1_048_576
  if (bytes > limit) {
    throw prefixed(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${limit} bytes. You have sent ${bytes} bytes.`,
    )
  }
}

/** Runs each entry; what one throws becomes its own failure, and the others go on. */
export function eachEntry<Entry extends { readonly id: string }, Success>(
  entries: readonly Entry[],
  run: (entry: Entry) => Success,
): { readonly Successful?: readonly Success[]; readonly Failed?: readonly FailedEntry[] } {
  const successful: Success[] = []
  const failed: FailedEntry[] = []
  for (const entry of entries) {
    try {
      successful.push(run(entry))
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error
      const { message, queryCode, code, status } = error
      failed.push({ Id: entry.id, SenderFault: status < 500, Code: queryCode ?? code, Message: message })
    }
  }
  return {
    ...(successful.length > 0 ? { Successful: successful } : {}),
    ...(failed.length > 0 ? { Failed: failed } : {}),
  }
}

export function readReceiptHandle(raw: RawInput): string {
  const handle = text(raw, 'ReceiptHandle')
  if (!handle) throw missingParameter('ReceiptHandle')
  return handle
}
