import { AwsFault } from '../aws-fault.js'
import { text } from '../members.js'
import type { RawInput } from '../raw-input.js'
import type { FunctionCode } from './state.js'
import { unzipCode } from './unzip-code.js'

/** Throws AwsFault for code that stands elsewhere. */
export function readCode(raw: RawInput): FunctionCode {
  const zip = text(raw, 'ZipFile')
  if (zip !== undefined) return unzipCode(Buffer.from(zip, 'base64'))
  throw new AwsFault(
    'InvalidParameterValueException',
    'The sandbox takes code as ZipFile only, not from S3 or an image.',
    { recorded: false },
  )
}
