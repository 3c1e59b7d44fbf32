import type { Completion } from './complete.js'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** The word that starts the fast entry. It is no command: nobody types it. */
export const completeWord = '__complete'

/** Stands for names of files, which the shell knows itself. */
const filesLine = ':files'

/** bash breaks words at `=`: `--output=js` comes as three. */
export function wordsFrom(shell: Shell, words: readonly string[]): readonly string[] {
  if (shell !== 'bash') return words
  const joined: string[] = []
  for (const word of words) {
    const last = joined.at(-1) ?? ''
    const goesOn = word === '=' ? /^--[a-z-]+$/.test(last) : /^--[a-z-]+=$/.test(last)
    if (goesOn) joined.pop()
    joined.push(goesOn ? `${last}${word}` : word)
  }
  return joined
}

/** One candidate a line, as the script of the shell reads them. */
export function linesFor(shell: Shell, completion: Completion): readonly string[] {
  if (completion === 'files') return [filesLine]
  return completion.map(({ value, summary }) => {
    if (shell === 'bash') return value.replace(/^--[a-z-]+=/, '')
    if (summary === '') return value
    return shell === 'fish' ? `${value}\t${summary}` : `${value.replaceAll(':', '\\:')}:${summary}`
  })
}

/** What the shell is to run once, so that it asks this program from then on. */
export function scriptFor(shell: Shell): string {
  return { bash, zsh, fish }[shell]
}

// Works in bash 3.2, too, which macOS has: there is no mapfile, and no compopt.
const bash = `_sqs_trigger() {
  local found line
  COMPREPLY=()
  found=$("$1" ${completeWord} bash "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null) || return 0
  if [ "$found" = ${filesLine} ]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$2")
  elif [ -n "$found" ]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done <<< "$found"
  fi
}
complete -F _sqs_trigger sqs-trigger`

// Named as zsh names it, so that it works as a file in $fpath, too; and `--sample=me` is a file behind `=`.
const zsh = `#compdef sqs-trigger
_sqs-trigger() {
  local -a found
  found=("\${(@f)$("$words[1]" ${completeWord} zsh "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  if [[ "$found[1]" == ${filesLine} ]]; then
    [[ "$PREFIX" == --*=* ]] && compset -P 1 '*='
    _files
  elif [[ -n "$found[1]" ]]; then
    _describe 'sqs-trigger' found
  fi
}
if [[ "$funcstack[1]" == _sqs-trigger ]]; then
  _sqs-trigger "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _sqs-trigger sqs-trigger
fi`

const fish = `function __sqs_trigger_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l found ($words[1] ${completeWord} fish $words "$current" 2>/dev/null)
  if test "$found[1]" = ${filesLine}
    set -l flag (string match -r -- '^--[a-z-]+=' "$current")
    for file in (__fish_complete_path (string replace -r -- '^--[a-z-]+=' '' "$current"))
      printf '%s\\n' "$flag$file"
    end
  else
    printf '%s\\n' $found
  end
end
complete -c sqs-trigger -f -a '(__sqs_trigger_complete)'`
