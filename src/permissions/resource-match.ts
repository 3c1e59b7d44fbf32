import { type Answer, any, no, not, unknown, yes } from './answer.js'
import { matchesArnByParts } from './arn-match.js'
import { clip } from './clip.js'
import { type Glob, globOf, matchesGlob } from './glob.js'
import type { Selection } from './policy.js'
import { resolveVariables } from './policy-variable.js'
import { notUnderstood, type Scope } from './scope.js'

/** Action or NotAction against the request, in any letter case. */
export function matchAction(selection: Selection, action: string): Answer {
  const wanted = action.toLowerCase()
  const listed = selection.patterns.some((pattern) => matchesGlob(globOf(pattern.toLowerCase()), wanted))
  return listed === selection.negated ? no : yes
}

/** Resource or NotResource against the request; letter case matters. */
export function matchResource(selection: Selection, scope: Scope): Answer {
  const listed = any(selection.patterns.map((pattern) => matchPattern(pattern, selection.negated, scope)))
  return selection.negated ? not(listed) : listed
}

function matchPattern(pattern: string, negated: boolean, scope: Scope): Answer {
  const resolved = resolveVariables(pattern, scope, true)
  const { resource } = scope.request
  switch (resolved.state) {
    case 'known':
      return matchGlob(resolved.glob, pattern, scope)
    case 'unknown':
      return matchesGlob(resolved.widest, resource) ? unknown(resolved.gap) : no
    case 'absent':
      // Without its value the pattern covers nothing; whether NotResource then covers all is not documented.
      return negated ? unknown({ name: resolved.key, class: 'context' }) : no
  }
}

/**
 * AWS says that a wildcard stands within a part of the ARN, and that one at the end of a part may go beyond
 * the colon; how far is left open. It also says that the service stands without wildcards, and that variables
 * stand behind the fifth colon only. Where readings differ, the answer is open.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function matchGlob(glob: Glob, pattern: string, scope: Scope): Answer {
  const { resource } = scope.request
  if (!matchesGlob(glob, resource)) return no
  if (/^\*+$/.test(pattern)) return yes
  const doubt = (why: string) =>
    notUnderstood(scope, `whether ${clip(pattern)} covers ${clip(resource)} depends on ${why}`)
  const [, , service] = pattern.split(':', 3)
  if (service === undefined || /[*?]/.test(service)) return doubt('a wildcard in place of the service')
  const hasVariables = scope.version !== '2008-10-17' && pattern.split(':', 5).join(':').includes('${')
  if (hasVariables) return doubt('a variable before the fifth colon')
  return matchesArnByParts(glob, resource) ? yes : doubt('a wildcard crossing a colon')
}
