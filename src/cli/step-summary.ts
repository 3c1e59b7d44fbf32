import { appendFileSync, statSync } from 'node:fs'
import type { ToldRun } from '../report/document.js'
import { annotations, largestSummary, stepSummary } from '../report/github.js'
import type { Host } from './streams.js'

/**
 * Renders annotations and, inside a step of GitHub Actions, appends the Markdown to the step's summary. A summary that
 * cannot be written is a warning: it decides nothing.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export function withStepSummary({ env }: Pick<Host, 'env'>): (run: ToldRun) => string {
  return (run) => annotations(run, append(run, env.GITHUB_STEP_SUMMARY))
}

/** What went wrong, in a sentence; nothing where all went well or no summary is wanted. */
function append(run: ToldRun, file: string | undefined): readonly string[] {
  if (file === undefined || file === '') return []
  try {
    appendFileSync(file, stepSummary(run, largestSummary - sizeOf(file)))
    return []
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [`The summary of the step could not be written: ${why}.`]
  }
}

/** Earlier commands of the same step share the file. */
const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0
