/** Small words for the DOM. Types say what is expected to be there; what is missing is a mistake in a template. */

/**
 * @template {Element} [T=HTMLElement]
 * @param {string} selector @param {ParentNode} [inside] @returns {T}
 */
export function one(selector, inside = document) {
  const found = inside.querySelector(selector);
  if (!found) throw new Error(`Nothing here matches ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * @template {Element} [T=HTMLElement]
 * @param {string} selector @param {ParentNode} [inside] @returns {T[]}
 */
export function all(selector, inside = document) {
  return /** @type {T[]} */ ([...inside.querySelectorAll(selector)]);
}

/** A fresh copy of a `<template>`'s one element. @param {string} id @returns {HTMLElement} */
export function copy(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
}

/**
 * @param {string} tag @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {(Node | string)[]} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name of a symbol in the sprite */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  return setIcon(svg, name);
}

/** @param {SVGElement} svg @param {string} name */
export function setIcon(svg, name) {
  svg.firstElementChild?.setAttribute("href", `${document.documentElement.dataset.icons}#${name}`);
  return svg;
}

/**
 * What varies is set through the CSSOM: the policy forbids style attributes.
 * @param {HTMLElement} element @param {Record<string, string | number | null | undefined>} variables
 */
export function vary(element, variables) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === null || value === undefined) element.style.removeProperty(name);
    else element.style.setProperty(name, String(value));
  }
  return element;
}

/** Put these children, and only these, in this order; what stays is not touched. @param {Element} parent @param {Element[]} children */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
}

/** Where there is room for the details of a conversation beside it. */
export function beside() {
  return matchMedia("(min-width: 1240px)");
}

/** Whether the screen has room for one pane only. */
export function narrow() {
  return matchMedia("(max-width: 820px)").matches;
}
