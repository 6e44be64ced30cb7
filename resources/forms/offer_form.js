"use strict";
(function () {
  const data = JSON.parse(document.getElementById("form-data").textContent);
  const words = data.words;
  const form = document.getElementById("form");
  const summary = document.getElementById("summary");
  const done = document.getElementById("done");
  const text = document.getElementById("answer-text");
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

  function byId(id) { return document.getElementById(id); }

  function valueOf(key) {
    const held = form.elements[key];
    return held ? String(held.value || "").trim() : "";
  }

  // A day as people write it, day before month, as 2026-12-14; empty where it is none.
  function isoDay(written) {
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(written);
    const parts = written.toLowerCase().split(/[\s\/.,-]+/);
    let day, month, year;
    if (iso) {
      year = Number(iso[1]); month = Number(iso[2]); day = Number(iso[3]);
    } else if (parts.length === 3 && /^\d{1,2}$/.test(parts[0]) && /^\d{4}$/.test(parts[2])) {
      day = Number(parts[0]); year = Number(parts[2]);
      month = /^\d{1,2}$/.test(parts[1]) ? Number(parts[1]) : MONTHS.indexOf(parts[1].slice(0, 3)) + 1;
    } else {
      return "";
    }
    const made = new Date(Date.UTC(year, month - 1, day));
    const is_real = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
    return is_real ? made.toISOString().slice(0, 10) : "";
  }

  function money(written) {
    const bare = written.replace(/^£\s*/, "");
    return /^\d{1,7}(\.\d{1,2})?$/.test(bare) && Number(bare) > 0 ? Number(bare).toFixed(2) : "";
  }

  function clockTime(written) {
    const found = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/.exec(written);
    return found ? found[1].padStart(2, "0") + ":" + found[2] : "";
  }

  function wanted(question) {
    return question.kind === "day" ? words.want_day : question.kind === "money" ? words.want_money
      : question.kind === "choice" ? words.want_choice : words.want_words;
  }

  function isAsked(question) {
    const start = valueOf("can_start");
    return question.when === "always" || (question.when === "offer" && start === "yes")
      || (question.when === "decline" && start === "no");
  }

  // What is wrong with one answer; empty where nothing is.
  function trouble(question) {
    const written = valueOf(question.key);
    if (!written) {
      const needs = question.must
        || (question.key === "decline_note" && valueOf("decline_code") === "other")
        || (question.key === "conflicts" && valueOf("has_conflicts") === "yes");
      return needs ? wanted(question) : "";
    }
    if (question.kind === "day" && !isoDay(written)) { return words.want_day; }
    if (question.kind === "money" && !money(written)) { return words.want_money; }
    return written.length > data.longest ? words.too_long : "";
  }

  function rows() {
    return data.visits.map(function (label, place) {
      return { label: label, place: place, offered: byId("visit-" + place), at: byId("visit-at-" + place),
        minutes: byId("visit-minutes-" + place) };
    });
  }

  function visitTroubles() {
    const found = [];
    let kept = 0;
    rows().forEach(function (row) {
      const said = row.offered.value;
      kept += said === "no" ? 0 : 1;
      if (said === "another time" && !clockTime(row.at.value.trim())) {
        found.push({ id: row.at.id, text: row.label + ": " + words.want_time });
      }
      if (said === "another time" && !/^\d{0,4}$/.test(row.minutes.value.trim())) {
        found.push({ id: row.minutes.id, text: row.label + ": " + words.want_minutes });
      }
    });
    if (data.visits.length && !kept) { found.push({ id: "visit-0", text: words.no_visit }); }
    return found;
  }

  function troubles() {
    const found = [];
    data.questions.filter(isAsked).forEach(function (question) {
      const why = trouble(question);
      if (why) { found.push({ id: firstId(question), key: question.key, text: named(question.label) + why, why: why }); }
    });
    return valueOf("can_start") === "yes" ? found.concat(visitTroubles()) : found;
  }

  function named(label) {
    return /[?.:]$/.test(label) ? label + " " : label + ": ";
  }

  function firstId(question) {
    return question.kind === "choice" ? question.key + "-0" : question.key;
  }

  function mark(found) {
    document.querySelectorAll("[aria-invalid]").forEach(function (held) { held.removeAttribute("aria-invalid"); });
    document.querySelectorAll(".error").forEach(function (held) { held.hidden = true; held.textContent = ""; });
    found.forEach(function (wrong) {
      const held = byId(wrong.id);
      const place = wrong.key ? byId(wrong.key + "-error") : byId("visits-error");
      if (held) { held.setAttribute("aria-invalid", "true"); }
      if (place) { place.textContent = wrong.key ? wrong.why : words.visits_wrong; place.hidden = false; }
    });
  }

  function say(found) {
    const list = byId("summary-list");
    list.replaceChildren();
    found.forEach(function (wrong) {
      const entry = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#" + wrong.id;
      link.textContent = wrong.text;
      link.addEventListener("click", function (event) {
        event.preventDefault();
        const held = byId(wrong.id);
        if (held) { held.focus(); }
      });
      entry.append(link);
      list.append(entry);
    });
    summary.hidden = !found.length;
    document.title = (found.length ? words.wrong_title + ": " : "") + data.title;
    if (found.length) { done.hidden = true; summary.focus(); }
  }

  function tidy(question) {
    const written = valueOf(question.key);
    return question.kind === "day" ? isoDay(written) : question.kind === "money" ? money(written) : written;
  }

  function answer() {
    const fields = {};
    data.questions.filter(isAsked).forEach(function (question) { fields[question.key] = tidy(question); });
    const is_offer = valueOf("can_start") === "yes";
    const visits = rows().map(function (row) {
      const moved = row.offered.value === "another time";
      return { offered: row.offered.value, at: moved ? clockTime(row.at.value.trim()) : "",
        minutes: moved ? row.minutes.value.trim() : "" };
    });
    return { fields: fields, visits: is_offer ? visits : [] };
  }

  function joined(parts) {
    const whole = new Uint8Array(parts.reduce(function (sum, part) { return sum + part.length; }, 0));
    let at = 0;
    parts.forEach(function (part) { whole.set(part, at); at += part.length; });
    return whole;
  }

  function toBase64(bytes) {
    let letters = "";
    bytes.forEach(function (byte) { letters += String.fromCharCode(byte); });
    return btoa(letters);
  }

  function fromBase64(letters) {
    return Uint8Array.from(atob(letters), function (letter) { return letter.charCodeAt(0); });
  }

  // P-256, HKDF-SHA256 and AES-256-GCM: what is sealed here opens with the round's private key alone.
  async function sealed(plain) {
    const tools = window.crypto && window.crypto.subtle;
    if (!tools) { throw new Error(words.cannot_seal); }
    const theirs = fromBase64(data.public_key);
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const once = await tools.generateKey(curve, true, ["deriveBits"]);
    const mine = new Uint8Array(await tools.exportKey("raw", once.publicKey));
    const point = await tools.importKey("raw", theirs, curve, false, []);
    const shared = await tools.deriveBits({ name: "ECDH", public: point }, once.privateKey, 256);
    const source = await tools.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const key = await tools.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: joined([mine, theirs]),
        info: new TextEncoder().encode("BrokerDesk sealed box 1") },
      source, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const nonce = window.crypto.getRandomValues(new Uint8Array(12));
    const closed = await tools.encrypt(
      { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(data.token) }, key, padded(plain));
    return toBase64(joined([mine, nonce, new Uint8Array(closed)]));
  }

  // Spaces after the answer, so that the length of the file does not tell an offer from a no.
  function padded(plain) {
    const bytes = new TextEncoder().encode(plain);
    const size = Math.ceil((bytes.length + 1) / data.pad) * data.pad;
    const whole = new Uint8Array(size).fill(32);
    whole.set(bytes, 0);
    return whole;
  }

  async function file() {
    const plain = JSON.stringify(answer());
    const head = { brokerdesk_offer: 1, token: data.token };
    const body = data.public_key ? { sealed: await sealed(plain) } : { answer: JSON.parse(plain) };
    return JSON.stringify(Object.assign(head, body));
  }

  function armoured(content) {
    const letters = toBase64(new TextEncoder().encode(content));
    const lines = letters.match(/.{1,64}/g) || [];
    return ["-----BEGIN BROKERDESK OFFER-----"].concat(lines, ["-----END BROKERDESK OFFER-----"]).join("\n");
  }

  function showDone(content, told) {
    text.textContent = armoured(content);
    byId("done-words").textContent = told;
    done.hidden = false;
  }

  async function finish(deliver) {
    const found = troubles();
    mark(found);
    say(found);
    if (found.length) { return; }
    try {
      deliver(await file());
    } catch (why) {
      say([{ id: "save", text: why.message || words.cannot_seal }]);
    }
  }

  function download(content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = data.file;
    document.body.append(link);
    link.click();
    link.remove();
    showDone(content, words.saved);
    done.focus();
  }

  function copy(content) {
    showDone(content, words.copied);
    text.focus();
    text.select();
    let is_copied = false;
    try { is_copied = document.execCommand("copy"); } catch (why) { is_copied = false; }
    if (!is_copied) { byId("done-words").textContent = words.copy_by_hand; }
  }

  function show() {
    const start = valueOf("can_start");
    byId("offer-part").hidden = start !== "yes";
    byId("decline-part").hidden = start !== "no";
    byId("name-part").hidden = !start;
    rows().forEach(function (row) {
      const moved = row.offered.value === "another time";
      row.at.disabled = !moved;
      row.minutes.disabled = !moved;
    });
  }

  form.addEventListener("change", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); finish(download); });
  byId("copy").addEventListener("click", function () { finish(copy); });
  show();
}());
