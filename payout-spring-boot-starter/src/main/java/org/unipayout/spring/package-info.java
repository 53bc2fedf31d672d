/** Durable payouts in a Spring Boot application, by configuration; docs/spring-boot.md. */
@org.jspecify.annotations.NullMarked
package org.unipayout.spring;
