import { groups } from '../preflight/finding.js'
import type { ToldFinding, ToldRun } from './document.js'
import { changeText, findingText, namesIn, sampleText } from './finding-text.js'
import { element, text } from './junit-xml.js'

/** One test case, and as what it counts. */
interface Case {
  readonly counts: 'passed' | 'failures' | 'errors' | 'skipped'
  readonly xml: string
}

/**
 * A run as JUnit XML, in the form that Jenkins and GitLab read: a suite for each group of rules, in it a case for each
 * rule and subject. A warning passes with its text, unless it stops the run. What is unknown is skipped, and says so;
 * under `--strict` it is an error. What else went wrong is a suite of one case.
 */
export function junitDocument({ document, findings, failure, samples }: ToldRun): string {
  const className = classOf(document.target)
  const suites = groups.flatMap((group) => {
    const members = findings.filter((finding) => finding.group === group)
    const named = (finding: ToldFinding) => {
      // Of many mappings each is a class of its own.
      if (finding.mapping !== undefined) return finding.rule
      const alone = members.filter(({ rule }) => rule === finding.rule).length === 1
      return alone ? finding.rule : `${finding.rule} (${finding.subject.arn})`
    }
    const cases = members.map((finding) =>
      caseOf(finding, {
        classname: finding.mapping === undefined ? className : classOf(finding.mapping),
        name: named(finding),
      }),
    )
    return cases.length === 0 ? [] : [{ name: group, cases }]
  })
  const all = failure === null ? suites : [...suites, { name: 'run', cases: [failureCase(failure)] }]
  const told = all.map(({ name, cases }, index) =>
    element(
      'testsuite',
      { name, ...countsOf(cases), skipped: numberOf(cases, 'skipped'), timestamp: document.timing.startedAt },
      // The form has no place for what concerns the whole run.
      lines([...cases.map(({ xml }) => xml), ...(index === 0 ? [...facts(), ...warnings()] : [])]),
    ),
  )
  const total = countsOf(all.flatMap(({ cases }) => cases))
  const time = (document.timing.elapsedMs / 1000).toFixed(3)
  const root = element('testsuites', { name: commandOf(document), time, ...total }, lines(told))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`

  function facts(): readonly string[] {
    const told = [
      ...samples.map(sampleText),
      ...document.changed.flatMap((made) => [
        changeText(made),
        ...(made.undo === '' ? [] : [`Undo: ${made.undo}`]),
      ]),
    ]
    return told.length === 0 ? [] : [element('system-out', {}, [text(told.join('\n'))])]
  }

  function warnings(): readonly string[] {
    return document.warnings.length === 0
      ? []
      : [element('system-err', {}, [text(document.warnings.join('\n'))])]
  }

  function failureCase({ code, message, hint }: NonNullable<ToldRun['failure']>): Case {
    const more = hint === null ? message : `${message}\n${hint}`
    const inner = element('error', { type: code, message }, [text(more)])
    const attributes = { classname: className, name: commandOf(document) }
    return { counts: 'errors', xml: element('testcase', attributes, [inner]) }
  }
}

function classOf(target: Parameters<typeof namesIn>[0]): string {
  const names = namesIn(target)
  return names === null ? 'sqs-trigger' : `${names.queue}->${names.function}`
}

/** Each element on a line of its own. */
const lines = (elements: readonly string[]) => (elements.length === 0 ? [] : [`\n${elements.join('\n')}\n`])

const commandOf = ({ command }: ToldRun['document']) =>
  command === null ? 'sqs-trigger' : `sqs-trigger ${command}`

const numberOf = (cases: readonly Case[], kind: Case['counts']) =>
  cases.filter(({ counts }) => counts === kind).length

const countsOf = (cases: readonly Case[]) => ({
  tests: cases.length,
  failures: numberOf(cases, 'failures'),
  errors: numberOf(cases, 'errors'),
})

function caseOf(finding: ToldFinding, attributes: Readonly<Record<string, string>>): Case {
  const { counts, inner } = verdictOf(finding)
  return { counts, xml: element('testcase', attributes, inner) }
}

function verdictOf(finding: ToldFinding): Pick<Case, 'counts'> & { readonly inner: readonly string[] } {
  const { status, severity, rule, message, stops } = finding
  const told = text(findingText(finding).join('\n'))
  const skipped = (reason: string) =>
    ({ counts: 'skipped', inner: [element('skipped', { message: reason })] }) as const
  switch (status) {
    case 'pass':
      return { counts: 'passed', inner: [] }
    case 'skip':
      return skipped(message)
    case 'ignored':
      return skipped(`ignored: ${message}`)
    case 'unknown':
      return stops
        ? {
            counts: 'errors',
            inner: [element('error', { type: rule, message: `unknown: ${message}` }, [told])],
          }
        : skipped(`unknown: ${message}`)
    case 'warn':
      if (!stops) {
        const label = severity === 'info' ? 'note' : 'warning'
        return { counts: 'passed', inner: [element('system-out', {}, [`${label}: ${told}`])] }
      }
      break
    case 'fail':
  }
  return { counts: 'failures', inner: [element('failure', { type: rule, message }, [told])] }
}
