import { AwsFault } from '../aws-fault.js'
import { noSuchEntity } from './require-entity.js'
import type { PolicyHolder } from './state.js'

export type HolderKind = 'role' | 'user' | 'group'

/** Characters over all inline policies of one holder: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const sizeLimits: Readonly<Record<HolderKind, number>> = { role: 10_240, user: 2_048, group: 5_120 }

export function putInline(
  holder: PolicyHolder & { readonly name: string },
  kind: HolderKind,
  name: string,
  document: string,
): void {
  const others = [...holder.inline].flatMap(([known, text]) => (known === name ? [] : [text]))
  const limit = sizeLimits[kind]
  if ([...others, document].reduce((sum, text) => sum + sizeOf(text), 0) > limit) {
    throw new AwsFault(
      'LimitExceeded',
      `Maximum policy size of ${limit} bytes exceeded for ${kind} ${holder.name}`,
      // Reported for roles.
      { status: 409, recorded: kind === 'role' },
    )
  }
  holder.inline.set(name, document)
}

/** Members of GetRolePolicy and its like. The document is percent-encoded, as RFC 3986 says. */
export function getInline(holder: PolicyHolder, kind: HolderKind, name: string) {
  const document = holder.inline.get(name)
  if (document === undefined) throw missing(kind, name)
  return { PolicyName: name, PolicyDocument: encodeDocument(document) }
}

export function deleteInline(holder: PolicyHolder, kind: HolderKind, name: string): void {
  if (!holder.inline.delete(name)) throw missing(kind, name)
}

export const encodeDocument = (document: string) =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** White space does not count against the limits. */
export const sizeOf = (document: string) => document.replace(/\s/g, '').length

const missing = (kind: HolderKind, name: string) =>
  noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`, kind !== 'user')
