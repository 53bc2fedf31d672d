package org.unipayout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what may still change or go in any version, also in one that otherwise only mends; VERSIONING.md says what may not.
 *
 * <p>What a marked type says about the money is no less binding: only its form may move.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PACKAGE})
public @interface MayChange {}
