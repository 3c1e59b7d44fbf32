import type { Manifest } from '../../fleet/manifest.js'
import type { CommandContext } from '../command-context.js'

interface Ends {
  readonly queue: string
  readonly function: string
}

/**
 * The request with what the file of the project says to let pass of this queue and function. Which, and why, is told
 * with `--verbose`; an ignore whose time is over is told always.
 */
export async function withProjectIgnores<Request extends Ends & { readonly ignore: readonly string[] }>(
  request: Request,
  { project, reporter, globals }: Pick<CommandContext, 'project' | 'reporter' | 'globals'>,
): Promise<Request> {
  if (project === null || project.ignore.length === 0) return request
  const { concerns, expiredText, heldOn } = await import('../../fleet/ignores.js')
  const ours = project.ignore.filter((entry) => concerns(entry, request))
  const { held, expired } = heldOn(ours, Date.now())
  for (const entry of expired) reporter.on({ type: 'warning', message: expiredText(project.file, entry) })
  if (globals.verbose || globals.debug) for (const entry of held) reporter.detail(ignoreText(project, entry))
  return { ...request, ignore: [...request.ignore, ...held.map(({ rule }) => rule)] }
}

const ignoreText = ({ file }: Manifest, { rule, reason, at }: Manifest['ignore'][number]) =>
  `${rule} is ignored by ${file}:${at.line}: ${reason}`
