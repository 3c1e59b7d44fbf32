import { describe, expect, it } from 'vitest'
import { explainError, explainErrors } from '../../src/operations/explain-error.js'

const cause = 'Queue visibility timeout: 60 seconds is less than Function timeout: 300 seconds'

describe('what CloudFormation says after something failed', () => {
  it.each([
    'Resource creation cancelled',
    'Resource update cancelled',
    'The following resource(s) failed to create: [WorkerMapping]. Rollback requested by user.',
    'ROLLBACK_COMPLETE',
    'The stack named Orders failed creation, it may need to be manually deleted from the AWS console: ROLLBACK_COMPLETE',
    'UPDATE_ROLLBACK_IN_PROGRESS',
  ])('%s: is a consequence, and leads to the cause', (text) => {
    const found = explainError(text)
    expect(found).toMatchObject({ slug: 'stack-rolled-back', rule: null })
    expect(found?.hint).toMatch(/^Paste the reason of the first event that failed/)
    expect(found?.hint).toMatch(/\naws cloudformation describe-stack-events --stack-name '<stack>' .*FAILED/)
  })

  it.each([
    `Resource creation cancelled\n\n${cause}`,
    `The stack named Orders failed creation: ROLLBACK_COMPLETE: ${cause}, Resource creation cancelled`,
    `UPDATE_ROLLBACK_IN_PROGRESS AWS::CloudFormation::Stack Orders The following resource(s) failed to create: [M].\nCREATE_FAILED AWS::Lambda::EventSourceMapping M Resource handler returned message: "Invalid request provided: ${cause} (Service: Lambda, Status Code: 400, Request ID: 1a2b3c4d-1111-4222-8333-444455556666)" (RequestToken: 5e6f7a8b-1111-4222-8333-444455556666, HandlerErrorCode: InvalidRequest)`,
  ])('stands back behind the cause: %s', (text) => {
    expect(explainErrors(text).map(({ slug }) => slug)).toEqual(['visibility-timeout-too-short'])
  })
})

describe('a function that is not active', () => {
  const says =
    'The operation cannot be performed at this time. The function is currently in the following state: '

  it('Pending: is waited for', () => {
    const found = explainError(`${says}Pending`, { function: 'worker' })
    expect(found).toMatchObject({
      slug: 'function-state-forbids',
      code: 'CONFLICT',
      rule: 'function-not-active',
      message: 'Function "worker" is Pending, and takes no such call in this state.',
    })
    expect(found?.hint).toMatch(/\naws lambda wait function-active-v2 --function-name worker$/)
  })

  it('Failed: shows why, for waiting would not help', () => {
    const found = explainError(
      `An error occurred (ResourceConflictException) when calling the Invoke operation: ${says}Failed`,
    )
    expect(found?.slug).toBe('function-state-forbids')
    expect(found?.hint).toContain('get-function-configuration')
    expect(found?.hint).not.toContain('wait')
  })
})
