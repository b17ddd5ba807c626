/** The places of the console: a rail on the left, on a narrow screen a bar below. */
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../../i18n/console.ts'
import { Icon, type icons } from '../../ui/icon.tsx'
import { hashOf, type Place } from '../address.ts'
import { mayDo, offices, openOffices, shown } from '../office/places.ts'
import { place } from '../place.ts'
import { mentions, offers, unreadTalks } from '../work.ts'

export function Rail() {
  const t = words.value
  const waiting = offers.value.length + unreadTalks.value + mentions.value.filter(({ seen }) => !seen).length
  return (
    <nav class="rail" aria-label={t.places.label}>
      {mayDo('agent.connect') && (
        <Way to={{ at: 'inbox', conversation: null }} icon="inbox" label={t.places.inbox} count={waiting} />
      )}
      {openOffices().map((name) => (
        <Way
          key={name}
          to={{ at: name, page: '', query: {} }}
          icon={offices[name].icon}
          label={t.places[name]}
          count={0}
        />
      ))}
      <span class="sp" />
      <Way to={{ at: 'settings', page: 'preferences' }} icon="gear" label={t.places.settings} count={0} />
    </nav>
  )
}

interface WayProps {
  readonly to: Place
  readonly icon: keyof typeof icons
  readonly label: string
  /** How much there needs somebody. */
  readonly count: number
}

function Way({ to, icon, label, count }: WayProps) {
  const t = words.value
  const isHere = shown(place.value).at === to.at
  const link = useRef<HTMLAnchorElement>(null)
  // On a phone the places may be more than fit.
  useEffect(() => {
    if (isHere) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isHere])
  return (
    <a
      ref={link}
      href={hashOf(to)}
      title={label}
      aria-label={count === 0 ? label : `${label}, ${t.places.waiting(count)}`}
      {...(isHere ? { 'aria-current': 'page' } : {})}
    >
      <Icon name={icon} />
      <span class="way" aria-hidden="true">
        {label}
      </span>
      {count > 0 && (
        <span class="count" aria-hidden="true">
          {count}
        </span>
      )}
    </a>
  )
}
