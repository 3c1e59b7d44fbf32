import { expect, test } from 'vitest'
import { actions } from '../../../src/sandbox/actions.js'
import { elsewhereStory } from './elsewhere-story.js'
import { iamStory } from './iam-story.js'
import { kmsStory } from './kms-story.js'
import { lambdaStory } from './lambda-story.js'
import { logsStory } from './logs-story.js'
import { mappingStory } from './mapping-story.js'
import { sqsStory } from './sqs-story.js'

const stories = [sqsStory, lambdaStory, mappingStory, iamStory, kmsStory, logsStory, elsewhereStory].flat()

test('every operation that the sandbox serves is called by both clients, and is answered', () => {
  const called = new Set(
    stories.filter(({ error }) => !error).map(({ service, operation }) => `${service} ${operation}`),
  )
  const served = new Set(actions.map(({ service, name }) => `${service} ${name}`))
  expect([...served].filter((operation) => !called.has(operation))).toEqual([])
  expect([...called].filter((operation) => !served.has(operation))).toEqual([])
})
