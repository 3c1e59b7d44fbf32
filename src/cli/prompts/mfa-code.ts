import type { Reporter } from '../../report/reporter.js'
import type { Prompter } from './prompter.js'

/**
 * Asks for the code that a role wants of a second factor. The SDK asks once a run: every client has the same chain of
 * credentials. https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export const askForMfaCode =
  ({ ask }: Pick<Prompter, 'ask'>, { pause }: Pick<Reporter, 'pause'>) =>
  async (device: string): Promise<string> => {
    pause()
    const code = await ask(`Code of the second factor ${device}:`, (answer) =>
      /^\d{6}$/.test(answer.trim()) ? undefined : 'Type the six digits that it shows.',
    )
    return code.trim()
  }
