import { nameIn } from '../../arn.js'
import type { CallContext } from '../../operations/events.js'
import { fill, type Page, shown } from '../page.js'

/** Who acts, and where: the line that keeps a person from changing the wrong account. */
export function identityLines(page: Page, context: CallContext): readonly string[] {
  const parts = [`Account ${context.account}`, context.region, ...credentialsOf(context), callerOf(context)]
  const lines = fill(page, shown(page, parts.join(page.glyphs.between)), 0, 2)
  if (context.endpoint === null) return lines.map(page.paint.faint)
  return [
    ...lines.map(page.paint.faint),
    ...fill(page, shown(page, `Endpoint ${context.endpoint} (not AWS)`), 0, 2).map(page.paint.caution),
  ]
}

/** Keys of the environment win over AWS_PROFILE, which most people would not guess. */
function credentialsOf({ profile, profileSetAside }: CallContext): readonly string[] {
  if (profileSetAside !== undefined) return [`keys of the environment, not profile ${profileSetAside}`]
  return profile === null ? [] : [`profile ${profile}`]
}

/** Who calls, and whose policies were judged where that is somebody else, or nobody. */
function callerOf({ caller, principal, principalNote }: CallContext): string {
  const name = callerName(caller)
  const note = principalNote ?? null
  if (principal === undefined || (principal === caller && note === null)) return name
  if (principal === null) return note === null ? name : `${name}, ${note}`
  return `${name}, judged as ${nameIn(principal)}${note === null ? '' : ` (${note})`}`
}

/** A session's ARN holds the role without its path, and the session's name. */
function callerName(arn: string): string {
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? []
  return role === undefined ? nameIn(arn) : `assumed role ${role} (session ${session})`
}
