import { readFile, stat } from 'node:fs/promises'
import type { Baseline, EarlierFinding } from '../../fleet/audit/baseline.js'
import { asJsonObject, isJsonObject } from '../../json-object.js'
import { quoted, usageError } from '../usage-error.js'
import { whyUnreadable } from './bounded-text.js'

/** 10,000 mappings with everything that can be wrong are a fifth of it. */
const mostBytes = 256 * 1_048_576

/**
 * Reads the JSON of an earlier audit.
 * @throws SqsTriggerError USAGE where it is missing, too large, or no such document
 */
export async function readBaseline(path: string): Promise<Baseline> {
  const document = await parsed(path)
  if (!isJsonObject(document) || document.command !== 'audit' || !Array.isArray(document.findings))
    throw refused(path, 'is not the JSON of an audit')
  if (typeof document.schemaVersion !== 'string' || !document.schemaVersion.startsWith('1.'))
    throw refused(path, 'is of a version that this one does not read')
  if (isJsonObject(document.result) && isJsonObject(document.result.baseline))
    throw refused(path, 'was itself made with --baseline, and holds only what was new then')
  const all: readonly unknown[] = document.findings
  // A stopped audit that had seen nothing has no result at all.
  const complete = isJsonObject(document.result) && document.result.complete !== false
  return { file: path, findings: all.map((finding) => earlier(finding, path)), complete }
}

function earlier(finding: unknown, path: string): EarlierFinding {
  const about = asJsonObject(finding)
  const { queueArn, functionArn } = asJsonObject(about.mapping)
  const { rule, status } = about
  if (![rule, status, queueArn, functionArn].every((member) => typeof member === 'string'))
    throw refused(path, 'holds a finding without its rule or mapping')
  return {
    rule: String(rule),
    status: String(status),
    queueArn: String(queueArn),
    functionArn: String(functionArn),
  }
}

async function parsed(path: string): Promise<unknown> {
  const text = await read(path)
  try {
    return JSON.parse(text)
  } catch {
    throw refused(path, 'is no JSON')
  }
}

async function read(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > mostBytes) throw refused(path, 'holds more than 256 MiB')
    return await readFile(path, 'utf8')
  } catch (error) {
    const why = whyUnreadable(error)
    throw why === undefined ? error : refused(path, why)
  }
}

const refused = (path: string, why: string) =>
  usageError(`--baseline ${quoted(path)} ${why}`, 'make one: sqs-trigger audit --json > baseline.json')
