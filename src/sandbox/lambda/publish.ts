import { randomUUID } from 'node:crypto'
import type { FunctionVersion, LambdaFunction } from './state.js'

/**
 * Publishes $LATEST as the next version. Where code and settings are those of the last published version, that one
 * is the answer, as AWS does it.
 */
export function publish(fn: LambdaFunction, now: number, description?: string): FunctionVersion {
  const { latest } = fn
  const last = fn.versions.get(String(fn.lastVersion))
  if (last && last.publishedFrom === contentOf(latest)) return last
  const revision = randomUUID()
  const version: FunctionVersion = {
    version: String(fn.lastVersion + 1),
    code: latest.code,
    settings: description === undefined ? latest.settings : { ...latest.settings, description },
    lastModified: now,
    activeAt: latest.activeAt,
    updatedAt: undefined,
    revisionIds: { underWay: revision, settled: revision },
    publishedFrom: contentOf(latest),
  }
  fn.lastVersion += 1
  fn.versions.set(version.version, version)
  return version
}

/** Equal for equal code and settings. */
const contentOf = ({ code, settings }: FunctionVersion): string =>
  `${code.sha256} ${JSON.stringify(settings)}`
