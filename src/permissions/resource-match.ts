import { type Answer, any, no, not, unknown, yes } from './answer.js'
import { matchesArnByParts } from './arn-match.js'
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
 * the colon; how far is left open. Where the two readings differ, so does the answer.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function matchGlob(glob: Glob, pattern: string, scope: Scope): Answer {
  const { resource } = scope.request
  if (!matchesGlob(glob, resource)) return no
  if (/^\*+$/.test(pattern) || matchesArnByParts(glob, resource)) return yes
  return notUnderstood(scope, `whether ${pattern} covers ${resource} depends on a wildcard crossing a colon`)
}
