// SPDX-License-Identifier: Apache-2.0
// A labelled field with its hint before it and its error beside it, tied together for screen readers.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../state/words';
import { Icon } from './Icon';

export interface FieldProps {
  id: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: string | undefined;
  optional?: boolean;
}

export function Field({ id, label, hint, error, optional, children }: FieldProps & { children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}{optional && <span class="optional"> ({t('common.optional')})</span>}</label>
      {hint && <span class="hint" id={`${id}-hint`}>{hint}</span>}
      {children}
      {error && <span class="wrong" id={`${id}-error`}><Icon name="warn" /><span>{error}</span></span>}
    </div>
  );
}

/** What ties an input to its Field. */
export function tied({ id, hint, error }: FieldProps): { 'aria-describedby': string | undefined; 'aria-invalid': 'true' | undefined } {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return { 'aria-describedby': by || undefined, 'aria-invalid': error ? 'true' : undefined };
}

/** Further attributes of an input: whatever HTML has. */
type InputProps = Record<string, unknown>;

export function TextField(props: FieldProps & { value: string; set: (text: string) => void; input?: InputProps }) {
  return (
    <Field {...props}>
      <input class="input" id={props.id} value={props.value} onInput={e => props.set(e.currentTarget.value)}
        autocomplete="off" {...tied(props)} {...props.input} />
    </Field>
  );
}

export function PasswordField(props: FieldProps & { value: string; set: (text: string) => void; seen: boolean; setSeen?: (seen: boolean) => void; newOne?: boolean }) {
  const type: InputProps = { type: props.seen ? 'text' : 'password' };
  return (
    <Field {...props}>
      <div class="password">
        <input class="input" id={props.id} {...type} value={props.value} spellcheck={false} autocapitalize="off"
          autocomplete={props.newOne ? 'new-password' : 'current-password'} onInput={e => props.set(e.currentTarget.value)} {...tied(props)} />
        {props.setSeen && (
          <button type="button" class="button quiet" aria-pressed={props.seen} aria-label={t('password.show')} title={t('password.show')} onClick={() => props.setSeen?.(!props.seen)}>
            <Icon name={props.seen ? 'noeye' : 'eye'} at="alone" />
          </button>
        )}
      </div>
    </Field>
  );
}

/** Errors by field name; `check` fills them and puts the focus on the first wrong field. */
export function useErrors<Name extends string>(order: readonly Name[]): [Partial<Record<Name, string>>, (found: Partial<Record<Name, string>>) => boolean] {
  const [errors, setErrors] = useState<Partial<Record<Name, string>>>({});
  return [errors, found => {
    setErrors(found);
    const first = order.find(name => found[name]);
    if (first) setTimeout(() => document.getElementById(first)?.focus());
    return !first;
  }];
}
