/** A part of the console that is loaded when it is first needed; a load that failed can be tried again. */
import { useSignal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { officeWords } from '../../i18n/office.ts'
import { Waiting } from './shown.tsx'

type Load<P> = () => Promise<{ readonly default: FunctionComponent<P> }>

export function lazy<P extends object>(load: Load<P>): FunctionComponent<P> {
  let there: FunctionComponent<P> | undefined
  return function Lazy(props: P) {
    const failed = useSignal(false)
    const came = useSignal(there !== undefined)
    const ask = async () => {
      failed.value = false
      try {
        there = (await load()).default
        came.value = true
      } catch {
        failed.value = true
      }
    }
    useEffect(() => {
      if (there === undefined) void ask()
    }, [])
    const View = came.value ? there : undefined
    if (View !== undefined) return <View {...props} />
    if (!failed.value) return <Waiting />
    const t = officeWords.value
    return (
      <div class="state" role="alert">
        <p>{t.notLoaded}</p>
        <button type="button" class="btn line" onClick={() => void ask()}>
          {t.again}
        </button>
      </div>
    )
  }
}
