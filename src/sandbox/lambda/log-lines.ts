import type { HandlerLine } from './handler-messages.js'

export interface Report {
  readonly requestId: string
  readonly durationMs: number
  /** Only on a cold start. */
  readonly initMs: number | undefined
  readonly memorySizeMb: number
  readonly memoryUsedMb: number
  readonly status: 'success' | 'error' | 'timeout'
  /** Only when the runtime failed, e.g. Runtime.ExitError. */
  readonly errorType?: string
}

interface InitReport {
  readonly initMs: number
  readonly status: 'error' | 'timeout'
  readonly errorType?: string
}

export interface Runtime {
  /** e.g. nodejs20.x */
  readonly name: string
  readonly versionArn: string
  readonly functionName: string
  readonly functionVersion: string
}

/** The lines that Lambda itself writes, and the form of the handler's own. Every line is one event. */
export interface LogLines {
  initStart(runtime: Runtime): readonly string[]
  initReport(report: InitReport): readonly string[]
  start(requestId: string, version: string): readonly string[]
  /** Between the handler's last line and `end`: how it came to an end that it did not choose. */
  timedOut(at: string, requestId: string, seconds: number): readonly string[]
  exited(requestId: string, reason: string): readonly string[]
  end(requestId: string): readonly string[]
  report(report: Report): readonly string[]
}

const ms = (value: number) => value.toFixed(2)

/** Since August 2025 the time of the init phase is billed as well. */
const billed = ({ durationMs, initMs }: Report) => Math.ceil(durationMs + (initMs ?? 0))

export const textLines: LogLines = {
  initStart: ({ name, versionArn }) => [
    `INIT_START Runtime Version: ${name.replace(/^([a-z]+)(\d+).*/, '$1:$2.v41')}\tRuntime Version ARN: ${versionArn}\n`,
  ],
  initReport: ({ initMs, status, errorType }) => [
    `INIT_REPORT Init Duration: ${ms(initMs)} ms\tPhase: init\tStatus: ${status}${errorType ? `\tError Type: ${errorType}` : ''}\n`,
  ],
  start: (requestId, version) => [`START RequestId: ${requestId} Version: ${version}\n`],
  timedOut: (at, requestId, seconds) => [
    `${at} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds\n`,
  ],
  exited: (requestId, reason) => [`RequestId: ${requestId} Error: ${reason}\nRuntime.ExitError\n`],
  end: (requestId) => [`END RequestId: ${requestId}\n`],
  report: (report) => [
    [
      `REPORT RequestId: ${report.requestId}`,
      `Duration: ${ms(report.durationMs)} ms`,
      `Billed Duration: ${billed(report)} ms`,
      `Memory Size: ${report.memorySizeMb} MB`,
      `Max Memory Used: ${report.memoryUsedMb} MB`,
      ...(report.initMs === undefined ? [] : [`Init Duration: ${ms(report.initMs)} ms`]),
      ...(report.status === 'timeout' ? ['Status: timeout'] : []),
      ...(report.errorType ? ['Status: error', `Error Type: ${report.errorType}`] : []),
      '\n',
    ].join('\t'),
  ],
}

/**
 * The JSON form; `now` gives the time of each line. At system level WARN start and report are not sent; that the report
 * of a failure is, follows from the meaning of the level alone.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function jsonLines(now: () => string, systemLevel = 'INFO'): LogLines {
  const line = (type: string, record: Readonly<Record<string, unknown>>) =>
    systemLevel === 'WARN' && (record.status ?? 'success') === 'success'
      ? []
      : [`${JSON.stringify({ time: now(), type: `platform.${type}`, record })}\n`]
  return {
    initStart: ({ name, versionArn, functionName, functionVersion }) =>
      line('initStart', {
        initializationType: 'on-demand',
        phase: 'init',
        runtimeVersion: name.replace(/^([a-z]+)(\d+).*/, '$1:$2.v41'),
        runtimeVersionArn: versionArn,
        functionName,
        functionVersion,
      }),
    initReport: ({ initMs, ...rest }) =>
      line('initReport', {
        initializationType: 'on-demand',
        phase: 'init',
        metrics: { durationMs: rounded(initMs) },
        ...rest,
      }),
    start: (requestId, version) => line('start', { requestId, version }),
    timedOut: () => [],
    exited: () => [],
    end: () => [],
    report: (report) =>
      line('report', {
        requestId: report.requestId,
        metrics: {
          durationMs: rounded(report.durationMs),
          billedDurationMs: billed(report),
          memorySizeMB: report.memorySizeMb,
          maxMemoryUsedMB: report.memoryUsedMb,
          ...(report.initMs === undefined ? {} : { initDurationMs: rounded(report.initMs) }),
        },
        status: report.status,
        ...(report.errorType ? { errorType: report.errorType } : {}),
      }),
  }
}

const rounded = (value: number) => Number(value.toFixed(3))

/** A line of the handler, as Lambda's Node.js runtime writes it. `at`: ISO time. */
export function handlerLine(at: string, line: HandlerLine, keptBytes: number): string {
  switch (line.kind) {
    case 'text':
      return `${at}\t${line.requestId}\t${line.level}\t${line.text}\n`
    case 'json':
      return `{"timestamp":"${at}",${line.text.slice(1)}\n`
    case 'raw':
      return `${line.text}\n`
    case 'cut':
      return `[sqs-trigger sandbox] output beyond ${keptBytes} bytes in one invocation is not kept\n`
  }
}
