import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'

/** As every list of IAM ends. */
interface Page {
  readonly IsTruncated?: boolean | undefined
  readonly Marker?: string | undefined
}

/**
 * Reads a list of IAM to its end: a Deny may stand on the last page. An answer that breaks off, or holds no list, is
 * none: taken for an empty list it would hide what stands there.
 * @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND, ENDPOINT_NOT_AWS
 */
export async function readPages<Answer extends Page, Item>(
  clients: Clients,
  operation: string,
  ask: (marker: string | undefined) => Promise<Answer>,
  itemsOf: (page: Answer) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const all: Item[] = []
  let marker: string | undefined
  do {
    const asked = marker
    const page = await send(clients, { service: 'iam', operation }, () => ask(asked))
    const items = itemsOf(page)
    if (items === undefined) throw answeredWithout(clients, 'IAM', 'the list of policies')
    all.push(...items)
    marker = page.IsTruncated ? page.Marker : undefined
    if (page.IsTruncated && (marker === undefined || marker === asked)) {
      throw answeredWithout(clients, 'IAM', 'the rest of a list')
    }
  } while (marker !== undefined)
  return all
}
