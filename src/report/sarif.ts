import { createHash } from 'node:crypto'
import { jsonText } from '../json-text.js'
import type { Rule } from '../preflight/rule.js'
import { cleanLines, cleanText } from './clean-text.js'
import type { ToldFinding, ToldRun } from './document.js'
import { findingText, namesIn, sampleText } from './finding-text.js'
import { sarifLevels, sarifRule } from './sarif-rule.js'

/**
 * A run as SARIF 2.1.0, as GitHub's code scanning reads it: what objects is a result, what was ignored a suppressed
 * one. What is unknown, and what else went wrong, is a notification of the run.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifDocument(run: ToldRun, rules: readonly Rule[]): string {
  const { document, findings } = run
  const { version } = document.tool
  const driver = { name: 'sqs-trigger', version, semanticVersion: version, rules: rules.map(sarifRule) }
  const results = findings.flatMap((finding) => {
    const objects = finding.status === 'fail' || finding.status === 'warn'
    // Ignored, and unknown before: there is nothing to suppress.
    const suppressed = finding.status === 'ignored' && finding.gap === null
    const ruleIndex = rules.findIndex(({ slug }) => slug === finding.rule)
    return objects || suppressed ? [resultOf(finding, document.target, ruleIndex)] : []
  })
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        automationDetails: { id: categoryOf(document) },
        invocations: [invocationOf(run)],
        columnKind: 'utf16CodeUnits',
        results,
        properties: {
          context: document.context,
          target: document.target,
          summary: document.summary,
          changed: document.changed,
        },
      },
    ],
  }
  return `${jsonText(log, 2)}\n`
}

/**
 * Results of one category replace each other: those of several queues, or of audits of several places, in one build must
 * not. It ends with a slash.
 */
function categoryOf({ command, target, context }: ToldRun['document']): string {
  const names = namesIn(target)
  const place = command === 'audit' && context !== null ? [context.account, context.region] : []
  const parts = [command ?? 'none', ...place, ...(names === null ? [] : [names.queue, names.function])]
  return `sqs-trigger/${parts.map((part) => cleanText(part)).join('/')}/`
}

function resultOf(finding: ToldFinding, target: ToldRun['document']['target'], ruleIndex: number) {
  const { rule, severity, subject, status, mapping = target } = finding
  const identity = [rule, mapping?.queueArn, mapping?.functionArn, subject.arn].join('|')
  const fingerprint = createHash('sha256').update(identity).digest('hex')
  return {
    ruleId: rule,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    kind: 'fail',
    level: sarifLevels[severity],
    message: { text: cleanLines(findingText(finding).join('\n')) },
    locations: [
      {
        // What is in AWS has no line, and GitHub refuses a file with a result that has none.
        physicalLocation: { artifactLocation: { uri: 'sqs-trigger.yaml' }, region: firstCharacter },
        logicalLocations: [
          {
            name: cleanText(subject.arn.split(/[:/]/).at(-1) ?? subject.arn),
            fullyQualifiedName: cleanText(subject.arn),
            kind: 'resource',
          },
        ],
      },
    ],
    // GitHub goes by the second only, and would otherwise make it of the line, which all results share.
    partialFingerprints: { 'sqsTrigger/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    ...(status === 'ignored'
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: '--ignore' }] }
      : {}),
  }
}

const firstCharacter = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }

function invocationOf({ document, findings, failure, samples }: ToldRun) {
  const { exitCode, exitName, timing, warnings } = document
  const started = Date.parse(timing.startedAt)
  const unknown = findings
    .filter(({ status }) => status === 'unknown')
    .map(({ rule, message, stops }) => ({
      level: stops ? 'error' : 'note',
      message: { text: cleanLines(message) },
      associatedRule: { id: rule },
    }))
  const failed = failure === null ? [] : [notificationOf(failure)]
  const warned = warnings.map((message) => ({ level: 'warning', message: { text: cleanLines(message) } }))
  const met = samples.map((sample) => ({
    level: sample.verdict === 'kept' ? 'note' : 'warning',
    message: { text: cleanLines(sampleText(sample)) },
  }))
  return {
    // Whether it could judge, not what it found.
    executionSuccessful: failure === null,
    exitCode,
    exitCodeDescription: exitName,
    startTimeUtc: timing.startedAt,
    endTimeUtc: new Date(started + timing.elapsedMs).toISOString(),
    toolExecutionNotifications: [...failed, ...warned, ...unknown, ...met],
  }
}

const notificationOf = ({ code, message, hint }: NonNullable<ToldRun['failure']>) => ({
  level: 'error',
  descriptor: { id: code },
  message: { text: cleanLines(hint === null ? message : `${message}\n${hint}`) },
})
