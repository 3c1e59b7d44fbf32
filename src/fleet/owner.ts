import { ownerTag } from './manifest/settings.js'

type Tags = Readonly<Record<string, string>>

/** Whose a mapping is. `unknown`: its tags could not be read. */
export type Owner =
  | { readonly kind: 'file' | 'nobody' | 'unknown' }
  /** Another file, or a CloudFormation stack; `who` names it in a sentence. */
  | { readonly kind: 'other'; readonly who: string }

/** Whose the mapping is, by its tags. What belongs to a stack is the stack's, whatever else it is tagged with. */
export function ownerOf(tags: Tags | null, owner: string | null): Owner {
  if (tags === null) return { kind: 'unknown' }
  const stack = tags['aws:cloudformation:stack-name']
  if (stack !== undefined) return { kind: 'other', who: `the CloudFormation stack ${stack}` }
  const named = Object.hasOwn(tags, ownerTag) ? tags[ownerTag] : undefined
  if (named === undefined) return { kind: 'nobody' }
  return named === owner ? { kind: 'file' } : { kind: 'other', who: `the file named ${named}` }
}

/** `the file named shop`; null: nobody's, or its tags are not known. */
export function ownerNamed(tags: Tags | null): string | null {
  const owner = ownerOf(tags, null)
  return owner.kind === 'other' ? owner.who : null
}
