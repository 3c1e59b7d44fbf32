import type { Reporter } from '../report/reporter.js'
import type { Prompter } from './prompter.js'

/** Asks for the code of a second factor, which a profile may name with `mfa_serial`. */
export function mfaQuestion(
  prompter: Prompter,
  reporter: Pick<Reporter, 'pause'>,
): (device: string) => Promise<string> {
  return (device) => {
    reporter.pause()
    return prompter.ask(`MFA code of ${device}:`, (code) =>
      // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
      /^\d{6}$/.test(code.trim()) ? undefined : 'A code has six digits.',
    )
  }
}
