import { createHash } from 'node:crypto'
import { AwsFault } from '../../aws-fault.js'
import createFunction from '../../lambda/actions/CreateFunction.js'
import deleteFunction from '../../lambda/actions/DeleteFunction.js'
import getFunction from '../../lambda/actions/GetFunction.js'
import type { FunctionCode } from '../../lambda/state.js'
import { isObject } from '../../protocols/json-body.js'
import { perform } from '../perform.js'
import type { ResourceType } from '../resource-type.js'
import { tagsIn, textIn } from './properties.js'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export default {
  name: 'AWS::Lambda::Function',
  create: async (properties, generated, call) => {
    const FunctionName = textIn(properties, 'FunctionName') ?? generated.slice(0, 64)
    const raw = { ...properties, FunctionName, Tags: tagsIn(properties), Code: { ZipFile: emptyArchive } }
    const made = await perform(createFunction, raw, call, (input) => ({
      ...input,
      code: inlineCode(properties.Code),
    }))
    return { physicalId: FunctionName, attributes: { Arn: String(made.FunctionArn) } }
  },
  delete: async ({ physicalId }, call) => {
    await perform(deleteFunction, { FunctionName: physicalId }, call)
  },
  settled: async ({ physicalId }, after, call) => {
    if (after === 'delete') return true
    const { Configuration } = await perform(getFunction, { FunctionName: physicalId }, call)
    return Configuration.State === 'Active'
  },
} satisfies ResourceType

/** The code of a template is a text and no archive: it stands in a file called index. */
function inlineCode(code: unknown): FunctionCode {
  const source = isObject(code) && typeof code.ZipFile === 'string' ? code.ZipFile : undefined
  if (source === undefined) {
    const message = 'The sandbox takes the code of a template as text in ZipFile only.'
    throw new AwsFault('InvalidParameterValueException', message, { recorded: false })
  }
  const bytes = Buffer.from(source)
  const sha256 = createHash('sha256').update(bytes).digest('base64')
  return { kind: 'zip', files: new Map([['index.js', bytes]]), size: bytes.length, sha256 }
}

/** Stands for it in the request, until the text takes its place. */
const emptyArchive = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]).toString('base64')
