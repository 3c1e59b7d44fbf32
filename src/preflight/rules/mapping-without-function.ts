import { toolCommand } from '../../command-line.js'
import { exampleMapping } from '../examples/mapping.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'mapping-without-function',
  group: 'audit',
  title: 'A mapping calls a function that does not exist',
  severity: 'error',
  enforcedByAws: false,
  yieldsTo: ['function-not-found'],
  subject: 'mapping',
  needs: ['existingMapping', 'functionExists'],
  why: 'A function can be deleted while mappings call it, and they stay. Nobody processes the messages.',
  example: {
    bad: { existingMapping: { mapping: exampleMapping }, functionExists: false },
    good: { existingMapping: { mapping: exampleMapping }, functionExists: true },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html',
  ],
  moot: ({ existingMapping }) =>
    existingMapping === null ? 'This queue and function have no mapping.' : undefined,
  judge: ({ existingMapping, functionExists }, { functionName }) => {
    if (existingMapping === null) return skip('This queue and function have no mapping.')
    const { uuid, state } = existingMapping.mapping
    const grounds = { observed: functionExists, expected: true }
    return functionExists
      ? good(`Function ${functionName} of mapping ${uuid} exists.`, grounds)
      : bad({ uuid, state }, grounds)
  },
  message: ({ uuid, state }, { functionName }) =>
    `Mapping ${uuid} (${state}) calls function ${functionName}, which does not exist.`,
  fix: ({ uuid }, context) => ({
    summary: 'Delete the mapping, or deploy the function again.',
    commands: [{ shell: 'posix', text: toolCommand(context, 'unwire', uuid) }],
    automatic: false,
  }),
})
