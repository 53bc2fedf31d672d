/**
 * A simulated Bank 131: its HTTP dialects v1 and v2, its payment sessions and its signed webhooks.
 *
 * <p>For whoever only needs fixed answers, the jar also holds plain WireMock mappings; a stock server finds them with
 * {@code usingFilesUnderClasspath("org/unipayout/simulator/bank131/wiremock")}.
 */
@NullMarked
package org.unipayout.simulator.bank131;

import org.jspecify.annotations.NullMarked;
