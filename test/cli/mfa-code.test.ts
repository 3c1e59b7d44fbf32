import { expect, test } from 'vitest'
import { askForMfaCode } from '../../src/cli/prompts/mfa-code.js'

test('the code is asked for by the device, with nothing repainting over it, and judged', async () => {
  const said: string[] = []
  const ask = async (message: string, judge: (answer: string) => string | undefined) => {
    said.push(message, ...['12345', 'abcdef', ' 123456 '].map((answer) => judge(answer) ?? 'good'))
    return ' 123456 '
  }
  const code = await askForMfaCode({ ask }, { pause: () => said.push('paused') })('arn:aws:iam::1:mfa/me')
  expect(code).toBe('123456')
  expect(said).toEqual([
    'paused',
    'Code of the second factor arn:aws:iam::1:mfa/me:',
    'Type the six digits that it shows.',
    'Type the six digits that it shows.',
    'good',
  ])
})
