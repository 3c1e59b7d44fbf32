import { describe, expect, it } from 'vitest'
import { explainError, explainErrors } from '../../src/operations/explain-error.js'

const request = '3364d63a-b18c-5ed6-97c7-85c6bf57800e'
const line = `2026-11-23T10:13:13.948Z ${request} Task timed out after 30.02 seconds`

describe('a function that ran out of time', () => {
  it.each([
    ['the line of a log', line],
    ['its end alone', 'Task timed out after 30.02 seconds'],
    ['what Invoke answers', `{"errorMessage":"${line}"}`],
    ['what Invoke answers in newer words', `RequestId: ${request} Error: Task timed out after 30.02 seconds`],
    [
      'among the lines of a run',
      `START RequestId: ${request} Version: $LATEST\n${line}\n\nEND RequestId: ${request}\nREPORT RequestId: ${request}\tDuration: 30000.00 ms\tBilled Duration: 30000 ms\tMemory Size: 128 MB\tMax Memory Used: 82 MB\tStatus: timeout`,
    ],
  ])('%s', (_, text) => {
    expect(explainError(text)).toMatchObject({
      slug: 'function-timed-out',
      code: 'FUNCTION_FAILED',
      rule: null,
      message: expect.stringMatching(/^The function was stopped after 30\.02 s, the time that it has\./),
    })
  })

  it('is known by the line that sums up its run, where there is no other', () => {
    const report = `REPORT RequestId: ${request}\tDuration: 180000.00 ms\tBilled Duration: 180000 ms\tMemory Size: 1280 MB\tMax Memory Used: 1201 MB\tStatus: timeout\n`
    expect(explainError(report)).toMatchObject({
      slug: 'function-timed-out',
      message: expect.stringContaining('was stopped when its time was up.'),
    })
    expect(explainError(report.replace('Status: timeout', 'Status: error'))).toBeUndefined()
    expect(explainError('Task finished after 3.00 seconds')).toBeUndefined()
  })

  it('has commands with the names that are given', () => {
    const { hint } = explainError(line, { queue: 'orders', function: 'worker', region: 'eu-west-1' }) ?? {}
    expect(hint?.split('\n').filter((one) => /^(?:aws|sqs-trigger) /.test(one))).toEqual([
      "sqs-trigger update '<mapping>' --batch-size '<messages>' --region eu-west-1",
      "aws lambda update-function-configuration --function-name worker --timeout '<seconds>' --region eu-west-1",
      'sqs-trigger preflight orders worker --fix --region eu-west-1',
    ])
  })
})

describe('a reservation that leaves the others too little', () => {
  const said =
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of"
  it.each([
    [
      'CloudFormation',
      `Resource handler returned message: "${said} [10]. (Service: Lambda, Status Code: 400, Request ID: ${request}) (SDK Attempt Count: 1)" (RequestToken: 31669d06-fa9d-ba9f-ce44-a2e5bbfbbfc1, HandlerErrorCode: InvalidRequest)`,
      10,
    ],
    [
      'Terraform',
      `Error: setting Lambda Function (scale-up) concurrency: InvalidParameterValueException: ${said} [50].`,
      50,
    ],
  ])('in the words of %s', (_, text, least) => {
    expect(explainErrors(text)).toMatchObject([
      {
        slug: 'too-little-unreserved-concurrency',
        message: expect.stringContaining(`At least ${least} must be left`),
      },
    ])
  })
})
