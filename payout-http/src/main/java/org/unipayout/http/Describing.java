package org.unipayout.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of an answer that only describes: a fee, an address, a person, a text. If it has another form than
 * expected {@link Json#read} leaves it null and keeps the rest, so that a payout whose id, status and amount are fine does
 * not become unreadable for it. Never for what decides whose payout it is, or what happened to it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Describing {}
